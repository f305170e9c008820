import { crc32 } from 'node:zlib';
import { sha256Hex } from '../sha256.ts';

/**
 * Where the bytes of a file come from: a file of this computer, which must not change in the
 * meantime, bytes in memory, or a stream that is opened when it is the file's turn, such as a
 * download. The stream must end with an error when `signal` aborts.
 */
export type FileContent =
  | { readonly localPath: string }
  | { readonly bytes: Uint8Array }
  | { readonly open: (signal: AbortSignal) => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>> };

/** One file of an export. Size and hash are certain before anything is written. */
export interface ExportFile {
  /** Relative, with slashes, portable, and different from all others on every platform. */
  readonly path: string;
  readonly sizeBytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  /** Computed while the file is copied if it is missing. */
  readonly crc32?: number;
  readonly modifiedAt: Date;
  readonly content: FileContent;
}

/** A text as a file of an export. */
export function textFile(
  { path, text }: { readonly path: string; readonly text: string },
  modifiedAt: Date,
): ExportFile {
  const bytes = Buffer.from(text);
  return {
    path,
    sizeBytes: bytes.byteLength,
    sha256: sha256Hex(bytes),
    crc32: crc32(bytes),
    modifiedAt,
    content: { bytes },
  };
}

export type ExportPhase = 'writing' | 'flushing' | 'checking';

/** Sizes are those of the files' content. */
export interface ExportProgress {
  readonly phase: ExportPhase;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly doneFiles: number;
  readonly totalFiles: number;
}

/** How an export is written, to a folder or to a ZIP. */
export interface WriteExportOptions {
  /**
   * All files, in the order in which they are written. Iterated several times, with the same
   * result each time; a generator function behind `[Symbol.iterator]` keeps memory flat where there
   * are many.
   */
  readonly files: Iterable<ExportFile>;
  /** The folder or the ZIP. */
  readonly target: string;
  /** Rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called about twice per MiB. */
  readonly onProgress?: (progress: ExportProgress) => void;
  /** Whether everything is read again after it was written. Default: true. */
  readonly isChecked?: boolean;
}

export interface WriteZipOptions extends WriteExportOptions {
  /**
   * Whether what was written stays after an error or an abort, so that the next call with the same
   * files and target continues there. One call at a time. `discardPartialZip` removes it.
   */
  readonly isResumable?: boolean;
}

export interface WrittenExport {
  readonly files: number;
  /** Files that were there already, complete, from an interrupted export. */
  readonly keptFiles: number;
  /** Of the files' content. */
  readonly contentBytes: number;
}

/**
 * `size`: the content has more or fewer bytes than the plan says. `content`: its SHA-256 or CRC-32
 * differs. `written`: what is on the disk is not what was written. `repeated`: two files of one
 * path.
 */
export type ExportFault = 'size' | 'content' | 'written' | 'repeated';

export class ExportFileError extends Error {
  override name = 'ExportFileError';
  readonly fault: ExportFault;
  readonly path: string;

  constructor(fault: ExportFault, path: string) {
    super(`${path}: ${FAULTS[fault]}`);
    this.fault = fault;
    this.path = path;
  }
}

const FAULTS: Readonly<Record<ExportFault, string>> = {
  size: 'the content does not have the size that was announced',
  content: 'the content is not the one that was announced',
  written: 'the disk does not give back what was written',
  repeated: 'two files have this path',
};
