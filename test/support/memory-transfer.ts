import { deflateRawSync } from 'node:zlib';
import { sha256Hex } from '../../node/sha256.ts';
import { layoutOf, readRecipeText } from '../../server/features/uploads/sessions/recipe-text.ts';
import { type Chunk, cutChunks, decodeChunks, encodeChunks } from '../../shared/domain/recipe/chunk-list.ts';
import { type DescribedPieces, describePieces } from '../../shared/domain/recipe/describe-file.ts';
import { encodeRecipe, type Recipe } from '../../shared/domain/recipe/recipe.ts';
import { streamRanges } from '../../shared/domain/recipe/stream-ranges.ts';
import {
  missingParts,
  planChunks,
  planTransmission,
  rebuildSteps,
  type StoredPlan,
  type StoredRange,
  streamBytesOf,
} from '../../shared/domain/recipe/transmission-plan.ts';
import { bytesSource } from '../../shared/gab/byte-source.ts';
import { testCodec } from './inspect-bytes.ts';
import { asVersionUuid } from './uuids.ts';

// Client and server of an upload in one process: messages are encoded as on the wire, but there is
// no network.

const PREDECESSOR = asVersionUuid('11111111-1111-4111-8111-111111111111');

/** A file in memory and its layout. */
export interface MemoryFile extends DescribedPieces {
  readonly bytes: Buffer;
}

export async function memoryFile(bytes: Buffer): Promise<MemoryFile> {
  return { bytes, ...(await describePieces(bytesSource(bytes), testCodec)) };
}

export interface MemoryTransfer {
  readonly rebuilt: Buffer;
  /** Bytes of the file that had to be sent: the stream. */
  readonly sentBytes: number;
  /** Bytes of everything else that the client sent: the recipe and the chunk lists, as texts. */
  readonly describedBytes: number;
  readonly kind: StoredPlan['kind'];
}

/** Transfers `after` to a server that has `before` as its predecessor. */
export async function transferInMemory(before: MemoryFile, after: MemoryFile): Promise<MemoryTransfer> {
  const text = deflateRawSync(encodeRecipe(after.recipe)).toString('base64');
  const read = readRecipeText(text, after.bytes.byteLength);
  if (!read.ok) throw new Error(`the recipe was refused: ${read.failure.detail}`);
  const recipe = read.value;
  const first = await firstPlan(before, recipe);
  const lists = first.kind === 'chunks' ? cutAsked(after, first.asked) : new Map<number, Uint8Array>();
  const plan = first.kind === 'chunks' ? await secondPlan({ before, recipe, plan: first }, lists) : first;
  const describedBytes = [...lists.values()].reduce((sum, { byteLength }) => sum + Math.ceil(byteLength / 3) * 4, 0);
  const stream = streamOf(after, recipe, { plan, lists });
  if (stream.byteLength !== streamBytesOf(recipe, plan)) throw new Error('the stream is not what was planned');
  return {
    rebuilt: plan.kind === 'pieces' ? rebuild({ before, recipe, plan }, stream) : stream,
    sentBytes: stream.byteLength,
    describedBytes: text.length + describedBytes,
    kind: plan.kind,
  };
}

async function firstPlan(before: MemoryFile, recipe: Recipe): Promise<StoredPlan> {
  const storedPieces = new Map(
    before.recipe.pieces.map(({ sha256: hash, offset }) => [hash, { versionUuid: PREDECESSOR, offset }]),
  );
  const paths = new Set(before.layout.map(({ path }) => path));
  const layout = await layoutOf(recipe);
  return planTransmission({ recipe, layout, storedPieces, predecessor: { versionUuid: PREDECESSOR, paths } });
}

function cutAsked(after: MemoryFile, asked: readonly number[]): Map<number, Uint8Array> {
  return new Map(
    asked.map((index) => {
      const { offset = 0, sizeBytes = 0 } = after.recipe.pieces[index] ?? {};
      return [index, encodeChunks(cutChunks(after.bytes.subarray(offset, offset + sizeBytes), sha256Hex))];
    }),
  );
}

interface Planned<Kind extends StoredPlan['kind']> {
  readonly before: MemoryFile;
  readonly recipe: Recipe;
  readonly plan: Extract<StoredPlan, { kind: Kind }>;
}

async function secondPlan(
  { before, recipe, plan }: Planned<'chunks'>,
  lists: ReadonlyMap<number, Uint8Array>,
): Promise<StoredPlan> {
  const layout = await layoutOf(recipe);
  const storedChunks = new Map<string, StoredRange>();
  for (const index of plan.asked) {
    const old = before.layout.find(({ path }) => path === layout[index]?.path);
    if (!old) throw new Error('asked about a piece without a predecessor');
    let offset = old.offset;
    for (const chunk of cutChunks(before.bytes.subarray(old.offset, old.offset + old.sizeBytes), sha256Hex)) {
      storedChunks.set(chunk.sha256, { versionUuid: PREDECESSOR, offset });
      offset += chunk.sizeBytes;
    }
  }
  return planChunks(recipe, plan, { lists: decoded(recipe, lists), storedChunks });
}

function decoded(recipe: Recipe, lists: ReadonlyMap<number, Uint8Array>): Map<number, readonly Chunk[]> {
  return new Map(
    [...lists].map(([index, bytes]) => {
      const list = decodeChunks(bytes, recipe.pieces[index]?.sizeBytes ?? 0);
      if (!list.ok) throw new Error(`a chunk list was refused: ${list.failure}`);
      return [index, list.value];
    }),
  );
}

function streamOf(
  { bytes, recipe: own }: MemoryFile,
  recipe: Recipe,
  { plan, lists }: { readonly plan: StoredPlan; readonly lists: ReadonlyMap<number, Uint8Array> },
): Buffer {
  if (plan.kind === 'chunks') throw new Error('the server asked twice');
  if (plan.kind === 'whole') return bytes;
  const cut = { pieces: own.pieces, chunks: decoded(recipe, lists) };
  const ranges = streamRanges(cut, missingParts(recipe, plan.sources));
  if (ranges === null) throw new Error('the plan is not about this file');
  return Buffer.concat(ranges.map(({ offset, sizeBytes }) => bytes.subarray(offset, offset + sizeBytes)));
}

function rebuild({ before, recipe, plan }: Planned<'pieces'>, stream: Buffer): Buffer {
  const steps = rebuildSteps(recipe, plan.sources).map(({ from, offset, sizeBytes }) => {
    const source = from === 'skeleton' ? recipe.skeleton : from === 'stream' ? stream : before.bytes;
    return source.subarray(offset, offset + sizeBytes);
  });
  return Buffer.concat(steps);
}
