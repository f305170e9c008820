import { type ExportFile, ExportFileError } from './export-file.ts';
import { findRepeatedPath } from './repeated-path.ts';
import {
  centralRecordBytes,
  type DirectoryPlace,
  endRecords,
  localHeaderBytes,
  writeLocalHeader,
} from './zip-records.ts';

/** UTF-8 bytes of a name; the field for its length has 16 bits. */
const MAX_NAME_BYTES = 0xffff;
const MAX_RUN_FILES = 256;

/**
 * Where everything in a ZIP will be. It follows from names and sizes alone, so that writers can
 * fill the parts in any order. A few bytes per file.
 */
export interface ZipLayout {
  readonly count: number;
  /** Of the files' content. */
  readonly contentBytes: number;
  readonly directory: DirectoryPlace;
  /** Of the whole ZIP. */
  readonly sizeBytes: number;
}

export interface PlacedFile {
  readonly file: ExportFile;
  readonly index: number;
  readonly name: Uint8Array;
  /** Of the local header. */
  readonly offset: number;
  readonly dataOffset: number;
  readonly end: number;
}

/** The files in their order, each with its place. */
export function* placeFiles(files: Iterable<ExportFile>): Generator<PlacedFile> {
  let offset = 0;
  let index = 0;
  for (const file of files) {
    const name = new TextEncoder().encode(file.path);
    if (name.byteLength > MAX_NAME_BYTES) throw new RangeError('a path has more than 65,535 bytes');
    const dataOffset = offset + localHeaderBytes({ name, sizeBytes: file.sizeBytes });
    const end = dataOffset + file.sizeBytes;
    yield { file, index, name, offset, dataOffset, end };
    offset = end;
    index += 1;
  }
}

/** The local header of a file: everything between `offset` and `dataOffset`. */
export function headerOf({ file, name, offset, dataOffset }: PlacedFile, crc32: number): Uint8Array {
  const header = new Uint8Array(dataOffset - offset);
  const { sizeBytes, modifiedAt } = file;
  writeLocalHeader(header, { name, sizeBytes, crc32, modifiedAt, offset });
  return header;
}

/**
 * Files that follow each other and fit into one block together, headers included, or one larger
 * file: small ones are written and read together.
 */
export function* runsOf(files: Iterable<PlacedFile>, blockBytes: number): Generator<PlacedFile[]> {
  let run: PlacedFile[] = [];
  for (const placed of files) {
    const [first] = run;
    if (first && (placed.end - first.offset > blockBytes || run.length === MAX_RUN_FILES)) {
      yield run;
      run = [];
    }
    run.push(placed);
  }
  if (run.length > 0) yield run;
}

/** Rejects a path that occurs twice: readers would not agree on which of the two to use. */
export function layOutZip(files: Iterable<ExportFile>): ZipLayout {
  const repeated = findRepeatedPath(files);
  if (repeated !== null) throw new ExportFileError('repeated', repeated);
  let count = 0;
  let contentBytes = 0;
  let directoryBytes = 0;
  let offset = 0;
  for (const { file, name, offset: headerAt, end } of placeFiles(files)) {
    count += 1;
    contentBytes += file.sizeBytes;
    directoryBytes += centralRecordBytes({ name, sizeBytes: file.sizeBytes, offset: headerAt });
    offset = end;
  }
  const directory = { entries: count, offset, sizeBytes: directoryBytes };
  const sizeBytes = offset + directoryBytes + endRecords(directory).byteLength;
  return { count, contentBytes, directory, sizeBytes };
}
