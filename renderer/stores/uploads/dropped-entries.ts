import type { DropEntry } from './gather-files.ts';

/** The files and folders of a drop as the browser gives them. Read them before the event ends. */
export function droppedEntries({ items }: Pick<DataTransfer, 'items'>): readonly DropEntry[] {
  return [...items].filter(({ kind }) => kind === 'file').flatMap((item) => entryOf(item) ?? []);
}

function entryOf(item: DataTransferItem): DropEntry | null {
  const entry = item.webkitGetAsEntry();
  if (entry?.isDirectory) return folderEntry(entry as FileSystemDirectoryEntry);
  // Only this File has a path in Electron.
  const file = item.getAsFile();
  return file && { kind: 'file', name: file.name, getFile: () => Promise.resolve(file) };
}

function folderEntry(folder: FileSystemDirectoryEntry): DropEntry {
  return { kind: 'directory', name: folder.name, getEntries: () => entriesIn(folder) };
}

async function* entriesIn(folder: FileSystemDirectoryEntry): AsyncGenerator<DropEntry> {
  const reader = folder.createReader();
  // Each call reads some of them; the last one reads none.
  for (let batch = await readBatch(reader); batch.length > 0; batch = await readBatch(reader)) {
    for (const entry of batch) {
      yield entry.isDirectory
        ? folderEntry(entry as FileSystemDirectoryEntry)
        : { kind: 'file', name: entry.name, getFile: () => fileOf(entry as FileSystemFileEntry) };
    }
  }
}

function readBatch(reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
