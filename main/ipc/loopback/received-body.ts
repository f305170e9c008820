import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { removeFile } from '../../../node/remove.ts';

export type ReceivedBody =
  | { readonly kind: 'complete'; readonly path: string }
  | { readonly kind: 'longer' }
  | { readonly kind: 'shorter'; readonly receivedBytes: number };

class BodyLonger extends Error {}

/**
 * Writes a body of exactly `announcedBytes` into a new file in `folder`, as fast as the disk takes
 * it. Stops at the first block that exceeds the announced size. Incomplete files are deleted.
 * Rejects if the connection breaks.
 */
export async function receiveBody(body: Readable, folder: string, announcedBytes: number): Promise<ReceivedBody> {
  const path = join(folder, `${randomUUID()}.part`);
  try {
    const receivedBytes = await writeNewFile(path, body, announcedBytes);
    if (receivedBytes === announcedBytes) return { kind: 'complete', path };
    await removeFile(path);
    return { kind: 'shorter', receivedBytes };
  } catch (error) {
    await removeFile(path);
    if (error instanceof BodyLonger) return { kind: 'longer' };
    throw error;
  }
}

async function writeNewFile(path: string, body: Readable, announcedBytes: number): Promise<number> {
  let receivedBytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    // The request must survive a refusal; otherwise there would be no connection for the response.
    for await (const block of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      receivedBytes += block.byteLength;
      if (receivedBytes > announcedBytes) throw new BodyLonger();
      yield block;
    }
  };
  // The name is random, and `wx` refuses to follow a link or to overwrite a file.
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(counted());
  } finally {
    await file.close();
  }
  return receivedBytes;
}
