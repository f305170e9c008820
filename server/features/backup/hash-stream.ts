import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { syncFile } from '../../../node/atomic-file.ts';
import { withFile } from '../../../node/open-file.ts';
import { sha256Hex } from '../../../node/sha256.ts';
import { MIB } from '../../../shared/lib/sizes.ts';

export interface Digest {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Reads a stream to its end. Rejects with its error. */
export async function digestOf(stream: AsyncIterable<Uint8Array>): Promise<Digest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    sizeBytes += chunk.byteLength;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** Most pictures are smaller than this, and a stream costs more than it reads. */
const WHOLE_FILE_BYTES = MIB;

/** Rejects with the system's error. */
export function digestOfFile(path: string): Promise<Digest> {
  return withFile(path, async (file) => {
    const { size } = await file.stat();
    if (size > WHOLE_FILE_BYTES) return digestOf(file.createReadStream({ highWaterMark: MIB, autoClose: false }));
    const bytes = await file.readFile();
    return { sizeBytes: bytes.byteLength, sha256: sha256Hex(bytes) };
  });
}

export const isSame = (one: Digest, other: Digest): boolean =>
  one.sizeBytes === other.sizeBytes && one.sha256 === other.sha256;

/** Writes a new file, durably, and returns its digest. Rejects with the system's error. */
export async function writeDigested(path: string, source: Readable): Promise<Digest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  await pipeline(
    source,
    async function* measured(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        sizeBytes += chunk.byteLength;
        yield chunk;
      }
    },
    createWriteStream(path, { flags: 'wx', mode: 0o600 }),
  );
  await syncFile(path);
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** How many files are read at the same time: enough to keep a disk busy. */
const PARALLEL_FILES = 8;

/** Runs `work` on every item, several at a time. Stops at the first error. */
export async function forEachParallel<Item>(items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let hasFailed = false;
  const run = async () => {
    for (let next = iterator.next(); next.done !== true && !hasFailed; next = iterator.next()) {
      try {
        await work(next.value);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_FILES }, run));
}
