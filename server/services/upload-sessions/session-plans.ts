import type { UploadPlan } from '../../../shared/api/upload-sessions.ts';
import type { AvatarUuid } from '../../../shared/domain/ids.ts';
import { type Chunk, decodeChunks } from '../../../shared/domain/recipe/chunk-list.ts';
import type { Recipe } from '../../../shared/domain/recipe/recipe.ts';
import {
  missingParts,
  planChunks,
  planUpload,
  type StoredPlan,
  type StoredRange,
  streamBytesOf,
} from '../../../shared/domain/recipe/upload-plan.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { bundleKey } from '../blob-keys.ts';
import { findKnownPieces, findPredecessor } from '../bundle-pieces.ts';
import type { ServiceContext } from '../context.ts';
import type { ProjectResource } from '../find-permitted.ts';
import type { ApiFailure } from '../service-failure.ts';
import { layoutOf } from './recipe-text.ts';
import { expiryOf, type UploadSession } from './session-rows.ts';
import { countReceivedBytes } from './stream-file.ts';

/** What is missing of a file that this project is to get, as far as the recipe alone tells. */
export async function firstPlan(
  { db }: ServiceContext,
  project: ProjectResource,
  { recipe, avatarUuid }: { readonly recipe: Recipe; readonly avatarUuid: AvatarUuid | undefined },
): Promise<StoredPlan> {
  const [known, predecessor, layout] = await Promise.all([
    findKnownPieces(db, project, recipe.pieces),
    findPredecessor(db, project, avatarUuid),
    layoutOf(recipe),
  ]);
  const followed = predecessor && { versionUuid: predecessor.versionUuid, paths: new Set(predecessor.pieces.keys()) };
  return planUpload({ recipe, known, layout, predecessor: followed });
}

type ChunksPlan = Extract<StoredPlan, { kind: 'chunks' }>;

/** Reads the lists that the plan asked for. Failure: `invalid_request`. */
export function readChunkLists(
  { recipe, plan }: { readonly recipe: Recipe; readonly plan: ChunksPlan },
  texts: readonly { readonly piece: number; readonly chunks: string }[],
): Result<Map<number, readonly Chunk[]>, ApiFailure> {
  const lists = new Map<number, readonly Chunk[]>();
  for (const { piece, chunks } of texts) {
    const sizeBytes = recipe.pieces[piece]?.sizeBytes;
    if (sizeBytes === undefined || !plan.asked.includes(piece)) return fail(badList(piece, 'it was not asked for'));
    const list = decodeChunks(Buffer.from(chunks, 'base64'), sizeBytes);
    if (!list.ok) return fail(badList(piece, list.failure));
    lists.set(piece, list.value);
  }
  return ok(lists);
}

const badList = (piece: number, message: string): ApiFailure => ({
  code: 'invalid_request',
  detail: 'A chunk list cannot be used.',
  errors: [{ where: `body.pieces[piece=${piece}]`, message }],
});

/** The plan after the lists. A predecessor that is gone meanwhile has no chunks: then all of its pieces travel. */
export async function secondPlan(
  context: ServiceContext,
  session: UploadSession & { readonly plan: ChunksPlan },
  { lists, project }: { readonly lists: ReadonlyMap<number, readonly Chunk[]>; readonly project: ProjectResource },
): Promise<StoredPlan> {
  const known = await predecessorChunks(context, session, project);
  return planChunks(session.recipe, session.plan, { lists, known });
}

async function predecessorChunks(
  { db, blobs, assembler }: ServiceContext,
  { recipe, plan, fields }: UploadSession & { readonly plan: ChunksPlan },
  project: ProjectResource,
): Promise<Map<string, StoredRange>> {
  const known = new Map<string, StoredRange>();
  const predecessor = await findPredecessor(db, project, fields.lineage_uuid);
  if (predecessor?.versionUuid !== plan.predecessorUuid) return known;
  const layout = await layoutOf(recipe);
  const ranges = plan.asked.flatMap((piece) => predecessor.pieces.get(layout[piece]?.path ?? '') ?? []);
  const lists = await assembler.chunk({ path: blobs.localPath(bundleKey(plan.predecessorUuid)), ranges });
  for (const [index, list] of (lists ?? []).entries()) {
    let offset = ranges[index]?.offset ?? 0;
    for (const { sha256, sizeBytes } of list) {
      known.set(sha256, { versionUuid: plan.predecessorUuid, offset });
      offset += sizeBytes;
    }
  }
  return known;
}

/** The plan in the words of the API, with how far the stream has come. */
export async function describePlan(
  context: ServiceContext,
  { uuid, recipe, touchedAt }: Pick<UploadSession, 'uuid' | 'recipe' | 'touchedAt'>,
  plan: StoredPlan,
): Promise<UploadPlan> {
  const expires_at = expiryOf(context, touchedAt).toISOString();
  if (plan.kind === 'chunks') return { kind: 'chunks', pieces: [...plan.asked], expires_at };
  const stream = {
    stream_bytes: streamBytesOf(recipe, plan),
    received_bytes: await countReceivedBytes(context, uuid),
    expires_at,
  };
  if (plan.kind === 'whole') return { kind: 'whole', ...stream };
  return { kind: 'pieces', ...stream, ...missingParts(recipe, plan.sources) };
}
