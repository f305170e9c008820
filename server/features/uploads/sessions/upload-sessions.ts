import { and, eq } from 'drizzle-orm';
import type { UploadAnnouncement, UploadPlan } from '../../../../shared/api/upload-sessions.ts';
import { streamBytesOf } from '../../../../shared/domain/recipe/transmission-plan.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import { findProject, type PermittedProject, requireAction } from '../../../access/find-permitted.ts';
import type { ServiceContext } from '../../../context.ts';
import { avatars, notTrashed } from '../../../db/schema/avatars.ts';
import { inTransaction } from '../../../db/transactions.ts';
import { notFound, type ServiceFailure, type ServiceResult } from '../../../failures/service-failure.ts';
import { type KeyedRequest, keyReused } from '../../../operations/idempotency.ts';
import { readVersionResponse } from '../../avatars/version-responses.ts';
import { lockStorage, requireDisk, requireQuotas, type UploadPlace } from '../../storage/room.ts';
import { hasBundleExtension, keepOriginalName, wrongExtension } from '../original-name.ts';
import type { UploadRequestFields } from '../upload-parts.ts';
import { findUploadReplay, keyedUpload } from '../upload-replay.ts';
import { readRecipeText } from './recipe-text.ts';
import { describePlan, firstPlan, readChunkLists, secondPlan } from './session-plans.ts';
import {
  findSession,
  insertSession,
  type NewSession,
  removeSession,
  setPlan,
  touchSession,
  type UploadSession,
} from './session-rows.ts';
import { appendToStream, dropStream } from './stream-file.ts';

/**
 * A user sends at most one folder at a time; more open uploads than this come from a program that
 * forgets its own.
 */
const MAX_OPEN_SESSIONS = 256;

function fieldsOf(announcement: UploadAnnouncement): UploadRequestFields {
  const { lineage_uuid, name, description, tags, activate, expected_active_uuid } = announcement;
  return {
    activate,
    ...(lineage_uuid !== undefined && { lineage_uuid }),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
    ...(expected_active_uuid !== undefined && { expected_active_uuid }),
  };
}

/**
 * Announces an upload, or returns the state of one that was announced before: from any process,
 * after any crash. Failures: `not_found`, `forbidden`, `file_extension`, `invalid_request`,
 * `idempotency_key_reused`, `too_many_requests`, `quota_exceeded`, `storage_full`.
 */
export async function openUpload(
  context: ServiceContext,
  caller: Caller,
  { projectUuid, announcement }: { readonly projectUuid: string; readonly announcement: UploadAnnouncement },
): ServiceResult<UploadPlan> {
  const project = await findProject(context.db, { caller, action: 'upload', uuid: projectUuid });
  if (!project.ok) return project;
  const mayActivate = announcement.activate ? requireAction(caller, 'activate', project.value) : ok(null);
  if (!mayActivate.ok) return mayActivate;
  const originalFilename = keepOriginalName(announcement.original_filename);
  if (!hasBundleExtension(originalFilename)) return fail(wrongExtension(originalFilename));
  const fields = fieldsOf(announcement);
  const { upload_uuid: uuid, sha256 } = announcement;
  const request = { projectUuid, originalName: originalFilename, sha256, fields };
  const keyed = keyedUpload({ userId: caller.userId, key: uuid, ...request });
  const replay = await findUploadReplay(context.db, keyed);
  if (!replay.ok) return replay;
  if (replay.value) return ok({ kind: 'stored', avatar: replay.value });
  const session = await findSession(context.db, caller, uuid);
  if (session) return resume(context, session, keyed);
  const duplicate = await findDuplicate(context, project.value, sha256);
  if (duplicate) return ok({ kind: 'duplicate', avatar: duplicate });
  return begin(context, { caller, project: project.value, announcement, originalFilename, fields, keyed });
}

async function resume(context: ServiceContext, session: UploadSession, keyed: KeyedRequest): ServiceResult<UploadPlan> {
  if (session.fingerprint !== keyed.fingerprint) return fail(keyReused(session.uuid));
  await touchSession(context.db, session.uuid);
  return ok(await describePlan(context, { ...session, touchedAt: new Date() }, session.plan));
}

/** A version of this project outside the trash that has the same bytes. */
async function findDuplicate({ db }: ServiceContext, project: PermittedProject, sha256: string) {
  const [found] = await db
    .select({ uuid: avatars.uuid })
    .from(avatars)
    .where(and(eq(avatars.projectId, project.id), eq(avatars.sha256, sha256), notTrashed()))
    .limit(1);
  return found ? readVersionResponse(db, found.uuid) : null;
}

interface NewUpload {
  readonly caller: Caller;
  readonly project: PermittedProject;
  readonly announcement: UploadAnnouncement;
  readonly originalFilename: string;
  readonly fields: UploadRequestFields;
  readonly keyed: KeyedRequest;
}

async function begin(context: ServiceContext, upload: NewUpload): ServiceResult<UploadPlan> {
  const { caller, project, announcement, originalFilename, fields, keyed } = upload;
  const recipe = readRecipeText(announcement.recipe, announcement.file_size);
  if (!recipe.ok) return recipe;
  const plan = await firstPlan(context, project, { recipe: recipe.value, avatarUuid: fields.lineage_uuid });
  const uuid = announcement.upload_uuid;
  const reserved = await reserve(context, upload, {
    uuid,
    userId: caller.userId,
    projectId: project.id,
    fingerprint: keyed.fingerprint,
    originalFilename,
    fileSize: announcement.file_size,
    sha256: announcement.sha256,
    fields,
    recipe: recipe.value,
    plan,
  });
  if (!reserved.ok) return reserved;
  if (reserved.value === 'exists') return resumeOther(context, caller, keyed);
  // A session with this UUID that has ended may have left its stream. It is removed only now that
  // the UUID is ours: another user's stream must not be touched.
  await dropStream(context, uuid);
  return ok(await describePlan(context, { uuid, recipe: recipe.value, touchedAt: new Date() }, plan));
}

/**
 * Inserts the session and with it reserves the room for the file. Uploads of the same customer or
 * user do so one after the other, so together they never exceed a limit. Failures:
 * `quota_exceeded`, `storage_full`, `too_many_requests`.
 */
async function reserve(
  context: ServiceContext,
  place: UploadPlace,
  session: NewSession,
): ServiceResult<'inserted' | 'exists'> {
  const disk = await requireDisk(context, session.fileSize);
  if (!disk.ok) return disk;
  return inTransaction(context.db, async (tx) => {
    if (!(await insertSession(tx, session))) return ok('exists');
    await lockStorage(tx, place);
    const use = await requireQuotas(context, tx, { place, fileBytes: session.fileSize });
    if (!use.ok) return use;
    return use.value.openUploads > MAX_OPEN_SESSIONS ? fail(TOO_MANY_SESSIONS) : ok('inserted');
  });
}

/**
 * Another request inserted the session first: the same request continues it; a UUID that belongs to
 * another user is refused.
 */
async function resumeOther(context: ServiceContext, caller: Caller, keyed: KeyedRequest): ServiceResult<UploadPlan> {
  const session = await findSession(context.db, caller, keyed.key);
  return session ? resume(context, session, keyed) : fail(keyReused(keyed.key));
}

const TOO_MANY_SESSIONS: ServiceFailure = {
  code: 'too_many_requests',
  detail: `You already have ${MAX_OPEN_SESSIONS} open uploads.`,
  hint: 'Complete or abandon some of them. An unfinished upload expires some time after its last byte.',
};

/**
 * Receives the chunk lists of the pieces that the plan request for, and returns the next plan.
 * Failures: `not_found`, `invalid_request`.
 */
export async function receiveChunkLists(
  context: ServiceContext,
  caller: Caller,
  request: {
    readonly uuid: string;
    readonly pieces: readonly { readonly piece: number; readonly chunks: string }[];
  },
): ServiceResult<UploadPlan> {
  const found = await findOwnSession(context, caller, request.uuid);
  if (!found.ok) return found;
  const { session, project } = found.value;
  const { plan } = session;
  // The lists came before, and the response was lost.
  if (plan.kind !== 'chunks') return ok(await describePlan(context, session, plan));
  const lists = readChunkLists({ recipe: session.recipe, plan }, request.pieces);
  if (!lists.ok) return lists;
  const next = await secondPlan(context, { ...session, plan }, { lists: lists.value, project });
  await setPlan(context.db, session.uuid, next);
  return ok(await describePlan(context, { ...session, touchedAt: new Date() }, next));
}

/**
 * Receives bytes of the stream, from position `from`. Failures: `not_found`, `upload_position`,
 * `invalid_request`, `storage_full`.
 */
export async function receiveStream(
  context: ServiceContext,
  caller: Caller,
  { uuid, from, bytes }: { readonly uuid: string; readonly from: number; readonly bytes: AsyncIterable<Uint8Array> },
): ServiceResult<{ readonly received_bytes: number; readonly stream_bytes: number }> {
  const found = await findOwnSession(context, caller, uuid);
  if (!found.ok) return found;
  const { session } = found.value;
  if (session.plan.kind === 'chunks') return fail(CHUNKS_FIRST);
  const streamBytes = streamBytesOf(session.recipe, session.plan);
  const received = await appendToStream(context, { uploadUuid: uuid, from, streamBytes, bytes });
  await touchSession(context.db, uuid);
  return received.ok ? ok({ received_bytes: received.value, stream_bytes: streamBytes }) : received;
}

const CHUNKS_FIRST: ServiceFailure = {
  code: 'upload_position',
  detail: 'Send the chunk lists that the plan asks for before the stream.',
};

/** Removes an open upload and its stream. Failure: `not_found`. */
export async function abandonUpload(context: ServiceContext, caller: Caller, uuid: string): ServiceResult<null> {
  const session = await findSession(context.db, caller, uuid);
  if (!session) return fail(notFound('upload'));
  await removeSession(context.db, uuid);
  await dropStream(context, uuid);
  return ok(null);
}

interface OwnSession {
  readonly session: UploadSession;
  readonly project: PermittedProject;
}

/**
 * The caller's session, if they may still upload to its project. Failures: `not_found`,
 * `forbidden`.
 */
async function findOwnSession(context: ServiceContext, caller: Caller, uuid: string): ServiceResult<OwnSession> {
  const session = await findSession(context.db, caller, uuid);
  if (!session) return fail(notFound('upload'));
  const project = await findProject(context.db, { caller, action: 'upload', uuid: session.projectUuid });
  return project.ok ? ok({ session, project: project.value }) : project;
}
