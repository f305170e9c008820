import type { GatheredFiles } from './staging-store.ts';

/** Files taken from one drop: a folder tree can hold millions, and one confirmation sends 10,000 at most. */
export const MAX_GATHERED_FILES = 10_000;
/** Folders inside folders; deeper ones are cyclic links or not a designer's. */
const MAX_FOLDER_DEPTH = 32;

/** The part of a drop item that gathering needs; react-aria's items have this shape. */
export type DropEntry =
  | { readonly kind: 'file'; readonly name: string; getFile(): Promise<File> }
  | { readonly kind: 'directory'; readonly name: string; getEntries(): AsyncIterable<DropEntry> }
  | { readonly kind: 'text' };

export function isBundleName(name: string): boolean {
  return name.toLowerCase().endsWith('.gab');
}

interface Gathering {
  readonly files: File[];
  skippedCount: number;
}

async function gatherFolder(entries: AsyncIterable<DropEntry>, into: Gathering, depth: number): Promise<void> {
  for await (const entry of entries) {
    if (into.files.length >= MAX_GATHERED_FILES) return;
    if (entry.kind === 'file' && isBundleName(entry.name)) into.files.push(await entry.getFile());
    else if (entry.kind === 'file') into.skippedCount += 1;
    else if (entry.kind === 'directory' && depth < MAX_FOLDER_DEPTH) {
      await gatherFolder(entry.getEntries(), into, depth + 1);
    }
  }
}

/**
 * Files of a drop. A file dropped by itself is always taken, so that one that is no bundle is refused in sight;
 * inside a folder other files are expected, and only counted.
 */
export async function gatherDropped(entries: readonly DropEntry[]): Promise<GatheredFiles> {
  const gathering: Gathering = { files: [], skippedCount: 0 };
  for (const entry of entries) {
    if (entry.kind === 'file') gathering.files.push(await entry.getFile());
    else if (entry.kind === 'directory') await gatherFolder(entry.getEntries(), gathering, 1);
  }
  return gathering;
}

/** Files of a chosen folder (the platform lists all of them, at any depth). */
export function gatherChosenFolder(files: readonly File[]): GatheredFiles {
  const bundles = files.filter((file) => isBundleName(file.name)).slice(0, MAX_GATHERED_FILES);
  return { files: bundles, skippedCount: files.filter((file) => !isBundleName(file.name)).length };
}
