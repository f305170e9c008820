import { closeSync, openSync, writeSync } from 'node:fs';

/** Of a SQLite file. */
export const PAGE_BYTES = 4096;

/** Overwrites a part of a file. */
export function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, bytes, 0, bytes.byteLength, at);
  } finally {
    closeSync(file);
  }
}

/** Pages are numbered from 1. */
export function overwritePages(path: string, pages: readonly number[], content = 0x5a): void {
  for (const page of pages) overwrite(path, (page - 1) * PAGE_BYTES, Buffer.alloc(PAGE_BYTES, content));
}
