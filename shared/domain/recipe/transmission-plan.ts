import type { VersionUuid } from '../ids.ts';
import { type Chunk, MIN_CHUNKED_PIECE_BYTES } from './chunk-list.ts';
import type { PieceRange } from './file-layout.ts';
import { type Recipe, type RecipePiece, skeletonGaps } from './recipe.ts';

/** Bytes of a stored version. */
export interface StoredRange {
  readonly versionUuid: VersionUuid;
  /** In that version's file. */
  readonly offset: number;
}

export interface PlannedChunk {
  readonly sizeBytes: number;
  /** Null if it is part of the stream. */
  readonly range: StoredRange | null;
}

/** Where a piece comes from; null if all of it is part of the stream. */
export type PieceSource = StoredRange | { readonly chunks: readonly PlannedChunk[] } | null;

/** How an announced file is put together. `sources` has one item per piece of the recipe. */
export type StoredPlan =
  | { readonly kind: 'whole' }
  | { readonly kind: 'pieces'; readonly sources: readonly PieceSource[] }
  /**
   * The client must cut the pieces `asked`: the version `predecessorUuid` may contain parts of
   * them.
   */
  | {
      readonly kind: 'chunks';
      readonly sources: readonly PieceSource[];
      readonly asked: readonly number[];
      readonly predecessorUuid: VersionUuid;
    };

/**
 * If more than this share of a file is missing, the complete file is sent, to save the rebuilding.
 */
const WHOLE_FILE_SHARE = 0.95;

export interface PlanQuestion {
  readonly recipe: Recipe;
  /** Where those pieces of the recipe are stored that the server already has, by SHA-256. */
  readonly storedPieces: ReadonlyMap<string, StoredRange>;
  /** The layout of the recipe itself: the paths of its pieces. */
  readonly layout: readonly PieceRange[];
  /** The version that this one follows, and its paths. */
  readonly predecessor: { readonly versionUuid: VersionUuid; readonly paths: ReadonlySet<string> } | null;
}

/** The first plan for a recipe. Pure. */
export function planTransmission({ recipe, storedPieces, layout, predecessor }: PlanQuestion): StoredPlan {
  const sources = recipe.pieces.map(({ sha256 }) => storedPieces.get(sha256) ?? null);
  const asked = recipe.pieces.flatMap((piece, index) => {
    const isWorthIt = sources[index] === null && piece.sizeBytes >= MIN_CHUNKED_PIECE_BYTES;
    const path = layout[index]?.path;
    return isWorthIt && path !== undefined && predecessor?.paths.has(path) ? [index] : [];
  });
  if (asked.length > 0 && predecessor) {
    return { kind: 'chunks', sources, asked, predecessorUuid: predecessor.versionUuid };
  }
  return settle(recipe, sources);
}

/** The plan once the client has sent the chunk lists. */
export function planChunks(
  recipe: Recipe,
  plan: Extract<StoredPlan, { kind: 'chunks' }>,
  { lists, storedChunks }: PlannedLists,
): StoredPlan {
  const sources = plan.sources.map((source, index) => {
    const list = lists.get(index);
    return list === undefined ? source : chunkSource(list, storedChunks);
  });
  return settle(recipe, sources);
}

export interface PlannedLists {
  /** By number of the piece. */
  readonly lists: ReadonlyMap<number, readonly Chunk[]>;
  /** Where the predecessor's chunks are stored, by SHA-256. */
  readonly storedChunks: ReadonlyMap<string, StoredRange>;
}

function chunkSource(list: readonly Chunk[], storedChunks: ReadonlyMap<string, StoredRange>): PieceSource {
  const chunks = list.map(({ sizeBytes, sha256 }) => ({ sizeBytes, range: storedChunks.get(sha256) ?? null }));
  return chunks.some(({ range }) => range !== null) ? { chunks } : null;
}

function settle(recipe: Recipe, sources: readonly PieceSource[]): StoredPlan {
  const missingBytes = streamBytesOf(recipe, { kind: 'pieces', sources });
  return missingBytes > WHOLE_FILE_SHARE * recipe.sizeBytes ? { kind: 'whole' } : { kind: 'pieces', sources };
}

function isRange(source: Exclude<PieceSource, null>): source is StoredRange {
  return 'versionUuid' in source;
}

function missingIn(piece: RecipePiece, source: PieceSource | undefined): number {
  if (!source) return piece.sizeBytes;
  if (isRange(source)) return 0;
  return source.chunks.reduce((sum, { sizeBytes, range }) => sum + (range === null ? sizeBytes : 0), 0);
}

/** Bytes that the client must send; 0 until it has sent the chunk lists. */
export function streamBytesOf(recipe: Recipe, plan: StoredPlan): number {
  if (plan.kind === 'whole') return recipe.sizeBytes;
  if (plan.kind === 'chunks') return 0;
  return recipe.pieces.reduce((sum, piece, index) => sum + missingIn(piece, plan.sources[index]), 0);
}

/** `[first, how many]`. */
export type Run = [number, number];

export interface MissingParts {
  /** Pieces with missing parts. */
  readonly pieces: Run[];
  /** The missing chunks of pieces that were cut. */
  readonly chunks: { readonly piece: number; readonly missing: Run[] }[];
}

/** Returns the parts of the stream, as the server sends them and the client reads them. */
export function missingParts(recipe: Recipe, sources: readonly PieceSource[]): MissingParts {
  const missing = recipe.pieces.map((piece, index) => missingIn(piece, sources[index]) > 0);
  const chunks = sources.flatMap((source, piece) =>
    source && !isRange(source) && missing[piece]
      ? [{ piece, missing: runsOf(source.chunks.map(({ range }) => range === null)) }]
      : [],
  );
  return { pieces: runsOf(missing), chunks };
}

function runsOf(flags: readonly boolean[]): Run[] {
  const runs: Run[] = [];
  for (const [index, flag] of flags.entries()) {
    const last = runs.at(-1);
    if (!flag) continue;
    if (last && last[0] + last[1] === index) last[1] += 1;
    else runs.push([index, 1]);
  }
  return runs;
}

/** A range of bytes of the rebuilt file, and where they come from. */
export interface RebuildStep {
  readonly from: 'skeleton' | 'stream' | { readonly versionUuid: VersionUuid };
  /** In its source. */
  readonly offset: number;
  readonly sizeBytes: number;
}

/**
 * Returns the steps that put a file together, in file order. Their sizes add up to the size of the
 * file.
 */
export function rebuildSteps(recipe: Recipe, sources: readonly PieceSource[]): RebuildStep[] {
  const gaps = [...skeletonGaps(recipe)].map(({ offset, sizeBytes, skeletonOffset }) => ({
    at: offset,
    step: { from: 'skeleton' as const, offset: skeletonOffset, sizeBytes },
  }));
  let streamOffset = 0;
  const takeFromStream = (sizeBytes: number): RebuildStep => {
    const step: RebuildStep = { from: 'stream', offset: streamOffset, sizeBytes };
    streamOffset += sizeBytes;
    return step;
  };
  const pieces = recipe.pieces.flatMap((piece, index) =>
    pieceSteps(piece, sources[index] ?? null, takeFromStream).map((step) => ({ at: piece.offset, step })),
  );
  // A stable sort: the steps of one piece keep their order.
  return [...gaps, ...pieces].sort((one, other) => one.at - other.at).map(({ step }) => step);
}

function pieceSteps(
  piece: RecipePiece,
  source: PieceSource,
  takeFromStream: (sizeBytes: number) => RebuildStep,
): RebuildStep[] {
  if (source === null) return [takeFromStream(piece.sizeBytes)];
  if (isRange(source)) return [rangeStep(source, piece.sizeBytes)];
  return source.chunks.map(({ sizeBytes, range }) =>
    range === null ? takeFromStream(sizeBytes) : rangeStep(range, sizeBytes),
  );
}

const rangeStep = ({ versionUuid, offset }: StoredRange, sizeBytes: number): RebuildStep => ({
  from: { versionUuid },
  offset,
  sizeBytes,
});
