import { lstat, opendir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { FileTree, FoundFile } from '../../shared/lib/file-tree.ts';
import { MIB } from '../../shared/lib/sizes.ts';
import { isMissing } from '../error-code.ts';
import { withFile } from '../open-file.ts';
import { hashRange } from './hash-range.ts';

/** Reads the list of a folder. Rejects with the system's error. */
export async function openFolderTree(folder: string): Promise<FileTree> {
  const files: FoundFile[] = [];
  for await (const entry of await opendir(folder, { recursive: true })) {
    // Links to folders are not folders here: what they lead to is not part of the tree.
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size } = await lstat(path);
    files.push({ path: relative(folder, path).split(sep).join('/'), sizeBytes: size, isFile: entry.isFile() });
  }
  const buffer = new Uint8Array(MIB);
  return {
    files,
    sha256Of: ({ path, sizeBytes }, signal) =>
      ifThere(
        withFile(join(folder, path), async (handle) => {
          const range = { handle, offset: 0, sizeBytes };
          return (await hashRange(range, { buffer, ...(signal && { signal }) }))?.sha256 ?? null;
        }),
      ),
    read: ({ path, sizeBytes }, maxBytes) =>
      sizeBytes > maxBytes
        ? Promise.resolve(null)
        : ifThere(withFile(join(folder, path), (handle) => handle.readFile())),
  };
}

/** A file that was there when the folder was listed may be gone. */
async function ifThere<Value>(reading: Promise<Value | null>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
