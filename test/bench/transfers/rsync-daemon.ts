import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { openTcpWire } from '../../support/tcp-wire.ts';

const run = promisify(execFile);

export function isRsyncHere(): Promise<boolean> {
  return run('rsync', ['--version']).then(
    () => true,
    () => false,
  );
}

export interface RsyncDaemon {
  /**
   * Sends `newPath` to a daemon that has `basisPath` under the same name; returns all bytes on the
   * wire, both ways.
   */
  wireBytes(basisPath: string, newPath: string): Promise<number>;
  close(): Promise<void>;
}

/**
 * A daemon as inetd would start it, one process per connection, behind a proxy that counts bytes.
 */
export async function startRsyncDaemon(folder: string): Promise<RsyncDaemon> {
  const files = join(folder, 'rsync');
  await mkdir(files, { recursive: true });
  const config = join(folder, 'rsyncd.conf');
  const account = `uid = ${process.getuid?.() ?? 0}\ngid = ${process.getgid?.() ?? 0}\n`;
  await writeFile(config, `use chroot = no\n[bundles]\npath = ${files}\nread only = no\n${account}`);
  const inetd = createServer((socket) => {
    spawn('rsync', ['--daemon', `--config=${config}`], { stdio: [socket, socket, 'inherit'] });
    // The daemon has its own copy of the connection.
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    inetd.listen(0, '127.0.0.1', resolve);
  });
  const wire = await openTcpWire(() => `http://127.0.0.1:${(inetd.address() as AddressInfo).port}`);
  return {
    async wireBytes(basisPath, newPath) {
      const stored = join(files, 'avatar.gab');
      await copyFile(basisPath, stored);
      const before = wire.sentBytes + wire.answeredBytes;
      const target = `${wire.url.replace('http:', 'rsync:')}/bundles/avatar.gab`;
      await run('rsync', ['--no-whole-file', '--ignore-times', newPath, target]);
      if (!(await readFile(stored)).equals(await readFile(newPath))) throw new Error('rsync brought another file');
      return wire.sentBytes + wire.answeredBytes - before;
    },
    async close() {
      await wire.close();
      inetd.close();
    },
  };
}
