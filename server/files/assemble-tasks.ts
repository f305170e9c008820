import type { PieceRange } from '../../shared/domain/recipe/file-layout.ts';
import type { RecipePiece } from '../../shared/domain/recipe/recipe.ts';
import type { FileRange } from '../../shared/domain/recipe/stream-ranges.ts';

export interface AssembledFile {
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface RebuildTask {
  /** In file order. `path` is the local file that the bytes come from, or null for the skeleton. */
  readonly steps: readonly { readonly path: string | null; readonly offset: number; readonly sizeBytes: number }[];
  readonly skeleton: Uint8Array;
  /** Must not exist yet. */
  readonly targetPath: string;
}

export interface ChunkTask {
  readonly path: string;
  readonly ranges: readonly FileRange[];
}

export interface WholeFileTask {
  readonly path: string;
}

/** One piece of a stored file: its place in the file and its hash. */
export type StoredPiece = PieceRange & Pick<RecipePiece, 'sha256'>;
