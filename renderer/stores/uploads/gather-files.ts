import { MAX_STAGED_FILES } from '../../../shared/contract/transfers.ts';
import type { GatheredFiles } from './staging-store.ts';

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
  isCut: boolean;
}

/** A folder tree can hold millions of files; one sheet takes 10,000. */
async function add(into: Gathering, entry: Extract<DropEntry, { kind: 'file' }>): Promise<void> {
  into.isCut ||= into.files.length >= MAX_STAGED_FILES;
  if (!into.isCut) into.files.push(await entry.getFile());
}

async function gatherFolder(entries: AsyncIterable<DropEntry>, into: Gathering, depth: number): Promise<void> {
  for await (const entry of entries) {
    if (into.isCut) return;
    if (entry.kind === 'file' && isBundleName(entry.name)) await add(into, entry);
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
  const gathering: Gathering = { files: [], skippedCount: 0, isCut: false };
  for (const entry of entries) {
    if (gathering.isCut) break;
    if (entry.kind === 'file') await add(gathering, entry);
    else if (entry.kind === 'directory') await gatherFolder(entry.getEntries(), gathering, 1);
  }
  return gathering;
}

/** The bundles of a chosen folder; the platform lists all its files, at any depth. */
export function gatherChosenFolder(files: readonly File[]): GatheredFiles {
  const bundles = files.filter((file) => isBundleName(file.name));
  const isCut = bundles.length > MAX_STAGED_FILES;
  return { files: bundles.slice(0, MAX_STAGED_FILES), skippedCount: files.length - bundles.length, isCut };
}
