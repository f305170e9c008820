import type { GatheredFiles } from '../../stores/uploads/staging-store.ts';

/**
 * Files taken from one drop: a folder tree can hold millions, and one confirmation uploads 10,000
 * at most.
 */
export const MAX_GATHERED_FILES = 10_000;
/** Levels of folders; deeper trees are cyclic links. */
const MAX_FOLDER_DEPTH = 32;

/** The part of react-aria's drop items that is needed here. */
export type DropEntry =
  | { readonly kind: 'file'; readonly name: string; getFile(): Promise<File> }
  | { readonly kind: 'directory'; readonly name: string; getEntries(): AsyncIterable<DropEntry> }
  | { readonly kind: 'text' };

/** Not what editors and macOS leave beside a bundle, such as `._mara.gab` with its metadata. */
export function isBundleName(name: string): boolean {
  return !/^[.~]/.test(name) && name.toLowerCase().endsWith('.gab');
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
 * The files of a drop. A file dropped on its own is always included, so that the sheet shows why it
 * is refused if it isn't a bundle. In folders other files are expected and only counted.
 */
export async function gatherDropped(entries: readonly DropEntry[]): Promise<GatheredFiles> {
  const gathering: Gathering = { files: [], skippedCount: 0 };
  for (const entry of entries) {
    if (entry.kind === 'file') gathering.files.push(await entry.getFile());
    else if (entry.kind === 'directory') await gatherFolder(entry.getEntries(), gathering, 1);
  }
  return gathering;
}

/** The bundles of a chosen folder; the platform lists all its files, at any depth. */
export function gatherChosenFolder(files: readonly File[]): GatheredFiles {
  const bundles = files.filter((file) => isBundleName(file.name)).slice(0, MAX_GATHERED_FILES);
  return { files: bundles, skippedCount: files.filter((file) => !isBundleName(file.name)).length };
}
