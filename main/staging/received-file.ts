import type { Failure } from '../../shared/contract/failure.ts';

/** A file of a watch folder, as it was when it was picked up. */
export interface WatchedOrigin {
  readonly path: string;
  readonly sizeBytes: number;
  /** Whole milliseconds since 1970. */
  readonly modifiedAtMs: number;
}

/**
 * A file that a shell received: a path the user chose, or bytes that the shell wrote into a temp
 * file.
 */
export interface ReceivedFile {
  /**
   * Null if the bytes were not received: the announced size is over the limit, or `failure` says
   * why.
   */
  readonly path: string | null;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** True: the application deletes the file when it is no longer needed. */
  readonly isTemporary: boolean;
  /** When the file was last changed, in milliseconds since 1970. Absent if that is not known. */
  readonly modifiedAtMs?: number | undefined;
  readonly failure?: Failure;
  /** Set for files that were not dropped, but found in a watch folder. */
  readonly watched?: WatchedOrigin;
}
