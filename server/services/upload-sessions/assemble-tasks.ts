import type { Chunk } from '../../../shared/domain/recipe/chunk-list.ts';
import type { FileRange } from '../../../shared/domain/recipe/stream-ranges.ts';
import type { StoredPiece } from '../bundle-pieces.ts';

export interface AssembledFile {
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface RebuildTask {
  /** In file order. `path`: the local file to take from; null: the skeleton. */
  readonly steps: readonly { readonly path: string | null; readonly offset: number; readonly sizeBytes: number }[];
  readonly skeleton: Uint8Array;
  /** Made anew. */
  readonly targetPath: string;
}

export interface ChunkTask {
  readonly path: string;
  readonly ranges: readonly FileRange[];
}

export interface WholeFileTask {
  readonly path: string;
}

/** Work on whole files, away from the thread that answers requests. Rejects only where the thread died or a disk broke. */
export interface Assembler {
  /** Null: a source is gone or shorter than it was; nothing is left behind then. */
  rebuild(task: RebuildTask): Promise<AssembledFile | null>;
  /** One list for each range; null: the file is gone. */
  chunk(task: ChunkTask): Promise<Chunk[][] | null>;
  /** Null: the file is gone. */
  measure(task: WholeFileTask): Promise<AssembledFile | null>;
  /**
   * What a file is made of; null: the file is gone. What its manifest says of stored entries is believed: only of a file that passed
   * the check this is something to keep.
   */
  describe(task: WholeFileTask): Promise<readonly StoredPiece[] | null>;
}
