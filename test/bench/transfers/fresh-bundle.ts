import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { sha256Hex } from '../../../node/sha256.ts';
import { type BundleAsset, buildBundle } from '../../support/bundle-builder.ts';
import { makeWav } from '../../support/sample-assets.ts';

/** Bytes of a large file, just below the limit for bundles. */
export const LARGE_FILE_BYTES = 50_000_000;
const SOUNDS = 40;
const WAV_HEAD_BYTES = 44;

/**
 * A valid bundle of about `sizeBytes` with random sounds, so that it shares no content with any
 * other.
 */
export function freshBundle(sizeBytes = LARGE_FILE_BYTES): Buffer {
  const color = [...randomBytes(3)] as unknown as readonly [number, number, number];
  return buildBundle({
    color,
    assets: Array.from({ length: SOUNDS }, (_, index) => freshSound(index, sizeBytes / SOUNDS)),
  });
}

function freshSound(index: number, sizeBytes: number): BundleAsset {
  const content = makeWav(WAV_HEAD_BYTES + 4);
  const noise = randomBytes(Math.floor(sizeBytes) - content.byteLength);
  // The header contains the length.
  content.writeUInt32LE(content.byteLength + noise.byteLength - 8, 4);
  content.writeUInt32LE(content.byteLength + noise.byteLength - WAV_HEAD_BYTES, 40);
  const id = `sound-${index}`;
  return { id, kind: 'audio', format: 'wav', path: `audio/${id}.wav`, content: Buffer.concat([content, noise]) };
}

export interface BenchFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export async function keepFile(path: string, bytes: Uint8Array): Promise<BenchFile> {
  await writeFile(path, bytes);
  return { path, sizeBytes: bytes.byteLength, sha256: sha256Hex(bytes) };
}
