import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchChild, startChild } from '../child-calls.ts';
import type { BenchWorld } from './bench-world.ts';
import type { BenchFile } from './fresh-bundle.ts';
import { mustSend, startProductClient } from './product-client.ts';

/** One way to send a file from one process to another one's disk. */
export interface Contender {
  /** The processes at both ends. */
  readonly pids: readonly number[];
  /** Returns how many milliseconds passed until the other side confirmed receipt. */
  bring(file: BenchFile): Promise<number>;
  stop(): Promise<void>;
}

export interface CopyTask {
  readonly path: string;
  readonly port: number;
}

/** `path`: where to write. */
export type RawReceipt = CopyTask;

const childUrl = (name: string) => new URL(`./${name}.ts`, import.meta.url);

/** The desktop's own upload to the real server. */
export async function productContender(world: BenchWorld): Promise<Contender> {
  const client = await startProductClient(world.serverUrl, world.token);
  const projectUuid = await world.newProject();
  return {
    pids: [client.pid, world.serverPid],
    bring: async (file) => (await mustSend(client, { ...file, projectUuid })).ms,
    stop: () => client.stop(),
  };
}

/** tus-js-client to @tus/server with @tus/file-store. */
export async function tusContender({ folder }: BenchWorld): Promise<Contender> {
  const files = join(folder, 'tus');
  await mkdir(files);
  const server: BenchChild<object, number> = await startChild(childUrl('tus-server-child'), [files]);
  const client: BenchChild<CopyTask, number> = await startChild(childUrl('tus-client-child'));
  const port = await server.call({});
  return {
    pids: [client.pid, server.pid],
    bring: ({ path }) => client.call({ path, port }),
    stop: async () => {
      await Promise.all([client.stop(), server.stop()]);
      await rm(files, { recursive: true });
    },
  };
}

/** Copies from a file to a socket and from the socket to a file. */
export async function rawContender({ folder }: BenchWorld): Promise<Contender> {
  const copy = join(folder, 'raw.copy');
  const server: BenchChild<RawReceipt, number> = await startChild(childUrl('raw-server-child'));
  const client: BenchChild<{ readonly path: string }, number> = await startChild(childUrl('raw-client-child'));
  return {
    pids: [client.pid, server.pid],
    async bring({ path, sizeBytes }) {
      const port = await client.call({ path });
      const startedAt = performance.now();
      const receivedBytes = await server.call({ path: copy, port });
      if (receivedBytes !== sizeBytes) throw new Error(`${receivedBytes} of ${sizeBytes} bytes were copied`);
      return performance.now() - startedAt;
    },
    stop: async () => {
      await Promise.all([client.stop(), server.stop()]);
      await rm(copy, { force: true });
    },
  };
}
