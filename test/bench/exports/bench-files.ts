import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { ExportFile } from '../../../node/exports/export-file.ts';
import { sha256Hex } from '../../../node/sha256.ts';

const AT = new Date('2026-12-01T12:00:00Z');

/** Files of random bytes in a new folder. Their hashes and checksums are known. */
export async function makeBenchFiles(folder: string, count: number, sizeBytes: number): Promise<ExportFile[]> {
  await mkdir(folder, { recursive: true });
  const files: ExportFile[] = [];
  for (let index = 0; index < count; index += 1) {
    const bytes = randomBytes(sizeBytes);
    const name = `avatar-${String(index).padStart(5, '0')}.gab`;
    const localPath = join(folder, name);
    await writeFile(localPath, bytes);
    const sums = { sha256: sha256Hex(bytes), crc32: crc32(bytes) };
    files.push({ path: `avatars/${name}`, sizeBytes, ...sums, modifiedAt: AT, content: { localPath } });
  }
  return files;
}
