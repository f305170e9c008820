import { closeSync, openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { syncFileSource } from '../../../node/sync-file-source.ts';
import { noise } from '../../support/sample-assets.ts';
import { tempFolder } from '../../support/temp-folder.ts';

it('reads what is asked for, fewer bytes only at the end, and rejects where the disk fails', async () => {
  const path = join(await tempFolder(), 'file');
  const bytes = noise(1000);
  await writeFile(path, bytes);
  const descriptor = openSync(path, 'r');
  const source = syncFileSource({ fd: descriptor, sizeBytes: 1000 });
  const target = Buffer.alloc(300);
  expect(await source.readInto(500, target)).toBe(300);
  expect(target.equals(bytes.subarray(500, 800))).toBe(true);
  expect(await source.readInto(900, target)).toBe(100);
  expect(Buffer.from(await source.read(990, 50)).equals(bytes.subarray(990))).toBe(true);
  expect(await source.read(2000, 5)).toHaveLength(0);
  // A file that shrank: its source says so by what is missing.
  expect(await syncFileSource({ fd: descriptor, sizeBytes: 5000 }).readInto(900, target)).toBe(100);
  closeSync(descriptor);
  await expect(source.read(0, 10)).rejects.toThrow('EBADF');
});
