import { MIB } from '../../shared/lib/sizes.ts';
import type { ExportFile } from './export-file.ts';
import { placeFiles, type ZipLayout } from './zip-layout.ts';
import { centralRecordBytes, endRecords, writeCentralRecord } from './zip-records.ts';

/** Larger than the longest record, which has a name of 65,535 bytes. */
const BLOCK_BYTES = MIB / 4;

/**
 * Everything after the last file: the directory and the end records, in blocks. A block is valid
 * until the next one.
 */
export function* directoryBlocks({
  files,
  layout,
  crcs,
}: {
  readonly files: Iterable<ExportFile>;
  readonly layout: ZipLayout;
  readonly crcs: Uint32Array;
}): Generator<Uint8Array> {
  const block = new Uint8Array(BLOCK_BYTES);
  let filled = 0;
  for (const { file, index, name, offset } of placeFiles(files)) {
    const entry = {
      name,
      offset,
      sizeBytes: file.sizeBytes,
      modifiedAt: file.modifiedAt,
      crc32: crcs[index] ?? 0,
    };
    const length = centralRecordBytes(entry);
    if (filled + length > block.byteLength) {
      yield block.subarray(0, filled);
      filled = 0;
    }
    writeCentralRecord(block.subarray(filled, filled + length), entry);
    filled += length;
  }
  yield block.subarray(0, filled);
  yield endRecords(layout.directory);
}
