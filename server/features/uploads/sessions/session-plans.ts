import type { UploadPlan } from '../../../../shared/api/upload-sessions.ts';
import type { AvatarUuid } from '../../../../shared/domain/ids.ts';
import { type Chunk, decodeChunks } from '../../../../shared/domain/recipe/chunk-list.ts';
import type { Recipe } from '../../../../shared/domain/recipe/recipe.ts';
import {
  missingParts,
  planChunks,
  planTransmission,
  type StoredPlan,
  type StoredRange,
  streamBytesOf,
} from '../../../../shared/domain/recipe/transmission-plan.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import type { PermittedProject } from '../../../access/find-permitted.ts';
import { bundleKey } from '../../../blobs/blob-keys.ts';
import { ifBlobMissing } from '../../../blobs/blob-store.ts';
import type { ServiceContext } from '../../../context.ts';
import type { ServiceFailure } from '../../../failures/service-failure.ts';
import { findPredecessor, findStoredPieces } from '../bundle-pieces.ts';
import { layoutOf } from './recipe-text.ts';
import { expiryOf, type UploadSession } from './session-rows.ts';
import { countReceivedBytes } from './stream-file.ts';

/** The parts of a file that the client must send, as far as the recipe alone shows. */
export async function firstPlan(
  { db }: ServiceContext,
  project: PermittedProject,
  { recipe, avatarUuid }: { readonly recipe: Recipe; readonly avatarUuid: AvatarUuid | undefined },
): Promise<StoredPlan> {
  const [storedPieces, predecessor, layout] = await Promise.all([
    findStoredPieces(db, project, recipe.pieces),
    findPredecessor(db, project, avatarUuid),
    layoutOf(recipe),
  ]);
  const followed = predecessor && { versionUuid: predecessor.versionUuid, paths: new Set(predecessor.pieces.keys()) };
  return planTransmission({ recipe, storedPieces, layout, predecessor: followed });
}

type ChunksPlan = Extract<StoredPlan, { kind: 'chunks' }>;

/**
 * Reads the chunk lists that the plan asked for, by index of the piece. Failure: `invalid_request`.
 */
export function readChunkLists(
  { recipe, plan }: { readonly recipe: Recipe; readonly plan: ChunksPlan },
  texts: readonly { readonly piece: number; readonly chunks: string }[],
): Result<Map<number, readonly Chunk[]>, ServiceFailure> {
  const lists = new Map<number, readonly Chunk[]>();
  for (const { piece, chunks } of texts) {
    const sizeBytes = recipe.pieces[piece]?.sizeBytes;
    if (sizeBytes === undefined || !plan.asked.includes(piece)) return fail(badList(piece, 'was not asked for'));
    const list = decodeChunks(Buffer.from(chunks, 'base64'), sizeBytes);
    if (!list.ok) return fail(badList(piece, list.failure));
    lists.set(piece, list.value);
  }
  return ok(lists);
}

const badList = (piece: number, message: string): ServiceFailure => ({
  code: 'invalid_request',
  detail: 'A chunk list is not valid.',
  errors: [{ where: `body.pieces[piece=${piece}]`, message, rule: 'refused' }],
});

/**
 * The plan once the chunk lists are here. A predecessor that has been purged in the meantime has no
 * chunks; then its pieces are sent whole.
 */
export async function secondPlan(
  context: ServiceContext,
  session: UploadSession & { readonly plan: ChunksPlan },
  { lists, project }: { readonly lists: ReadonlyMap<number, readonly Chunk[]>; readonly project: PermittedProject },
): Promise<StoredPlan> {
  const storedChunks = await predecessorChunks(context, session, project);
  return planChunks(session.recipe, session.plan, { lists, storedChunks });
}

async function predecessorChunks(
  { db, blobs, fileWorkers }: ServiceContext,
  { recipe, plan, fields }: UploadSession & { readonly plan: ChunksPlan },
  project: PermittedProject,
): Promise<Map<string, StoredRange>> {
  const chunks = new Map<string, StoredRange>();
  const predecessor = await findPredecessor(db, project, fields.lineage_uuid);
  if (predecessor?.versionUuid !== plan.predecessorUuid) return chunks;
  const layout = await layoutOf(recipe);
  const ranges = plan.asked.flatMap((piece) => predecessor.pieces.get(layout[piece]?.path ?? '') ?? []);
  const lists = await blobs
    .withLocalFile(bundleKey(plan.predecessorUuid), (path) => fileWorkers.chunk({ path, ranges }))
    .catch(ifBlobMissing(null));
  for (const [index, list] of (lists ?? []).entries()) {
    let offset = ranges[index]?.offset ?? 0;
    for (const { sha256, sizeBytes } of list) {
      chunks.set(sha256, { versionUuid: plan.predecessorUuid, offset });
      offset += sizeBytes;
    }
  }
  return chunks;
}

/** The plan as the API returns it, with the number of bytes received so far. */
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
