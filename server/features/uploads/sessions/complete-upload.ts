import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { syncFile } from '../../../../node/atomic-file.ts';
import { ifMissing, isMissing } from '../../../../node/error-code.ts';
import { removeFile } from '../../../../node/remove.ts';
import type { AvatarUploadResponse } from '../../../../shared/api/avatars.ts';
import type { ProblemCode } from '../../../../shared/domain/problem-codes.ts';
import { rebuildSteps, type StoredPlan, streamBytesOf } from '../../../../shared/domain/recipe/transmission-plan.ts';
import { SECOND_MS } from '../../../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import { bundleKey } from '../../../blobs/blob-keys.ts';
import { ifBlobMissing, withLocalFiles } from '../../../blobs/blob-store.ts';
import type { ServiceContext } from '../../../context.ts';
import { notFound, type ServiceFailure, type ServiceResult } from '../../../failures/service-failure.ts';
import type { UploadInspection } from '../../../files/upload-inspection.ts';
import { findReceipt, receiptWriter } from '../receipts.ts';
import type { UploadedFile } from '../receive-file.ts';
import { storeUpload } from '../store-upload.ts';
import { findStoredUpload } from '../upload-replay.ts';
import { findSession, removeSession, setPlan, type UploadSession } from './session-rows.ts';
import { countReceivedBytes, dropStream, sessionsDir, streamPath } from './stream-file.ts';

/**
 * Assembles an announced file, verifies its hash and stores it like any other upload. A repeated
 * call returns the same response. Failures: `not_found`, `upload_unfinished`, `upload_restart`, and
 * those of `storeUpload`. A permanent failure ends the session.
 */
export async function completeUpload(
  context: ServiceContext,
  caller: Caller,
  uuid: string,
): ServiceResult<AvatarUploadResponse> {
  const session = await findSession(context.db, caller, uuid);
  if (!session) return completedBefore(context, caller, uuid);
  const missing = await missingBytes(context, session);
  if (missing > 0) {
    const isTaken = (await findReceipt(context, caller, uuid))?.state === 'checking';
    return isTaken ? storedByTwin(context, caller, uuid) : fail(unfinished(missing));
  }
  const receipt = receiptWriter(context, caller, uuid);
  const stored = await receipt.whileChecking(() => rebuildAndStore(context, caller, session));
  await (isRetryable(stored) ? receipt.discard() : receipt.settle(stored.ok ? 'stored' : 'refused'));
  return stored;
}

async function rebuildAndStore(
  context: ServiceContext,
  caller: Caller,
  session: UploadSession,
): ServiceResult<AvatarUploadResponse> {
  // The check takes longest, so it gets a thread first.
  const [inspection, file] = await Promise.all([inspectEarly(context, session), assemble(context, session)]);
  if (file === 'taken' || inspection === 'taken') return storedByTwin(context, caller, session.uuid);
  if (file === 'different') return restart(context, session);
  try {
    return await store({ context, caller, session, file, inspection });
  } catch (error) {
    const isGone = isMissing(error) && !(await isStreamThere(context, session));
    if (!isGone) throw error;
    return storedByTwin(context, caller, session.uuid);
  } finally {
    // The stream stays if the session continues.
    if (file.path !== streamPath(context, session.uuid)) await removeFile(file.path);
  }
}

/**
 * Checks a file that was sent whole while it is hashed; the result counts only if the hash turns
 * out right. Null for a file that has yet to be assembled. `taken`: the stream disappeared while it
 * was read.
 */
async function inspectEarly(
  context: ServiceContext,
  session: UploadSession,
): Promise<UploadInspection | 'taken' | null> {
  if (session.plan.kind !== 'whole') return null;
  const { fileSize: sizeBytes, originalFilename: originalName } = session;
  const path = streamPath(context, session.uuid);
  try {
    return await context.fileWorkers.inspect({ path, sizeBytes, originalName, policy: context.gabPolicy });
  } catch (error) {
    if (await isStreamThere(context, session)) throw error;
    return 'taken';
  }
}

/** The commit removed the session; only its response may have been lost. */
async function completedBefore(
  context: ServiceContext,
  caller: Caller,
  uuid: string,
): ServiceResult<AvatarUploadResponse> {
  const stored = await findStoredUpload(context.db, caller.userId, uuid);
  return stored ? ok(stored) : fail(notFound('upload'));
}

/**
 * The same request arrived at another server process at once: that one took the stream, because it
 * is storing it or has stored it. Waits for its result.
 */
async function storedByTwin(
  context: ServiceContext,
  caller: Caller,
  uuid: string,
): ServiceResult<AvatarUploadResponse> {
  for (const endsAt = performance.now() + TWIN_WAIT_MS; performance.now() < endsAt; await delay(TWIN_POLL_MS)) {
    const isOpen = (await findSession(context.db, caller, uuid)) !== null;
    const stored = await findStoredUpload(context.db, caller.userId, uuid);
    if (stored) return ok(stored);
    if (!isOpen) return fail(notFound('upload'));
  }
  return fail({ code: 'unavailable', detail: 'This upload is already being completed. Try again in a moment.' });
}

/** What is left to do once the stream is taken (a rename and a commit) takes far less. */
const TWIN_WAIT_MS = 10 * SECOND_MS;
const TWIN_POLL_MS = 50;

async function missingBytes(context: ServiceContext, { uuid, recipe, plan }: UploadSession): Promise<number> {
  if (plan.kind === 'chunks') return recipe.sizeBytes;
  return streamBytesOf(recipe, plan) - (await countReceivedBytes(context, uuid));
}

const unfinished = (missing: number): ServiceFailure => ({
  code: 'upload_unfinished',
  detail: `${missing} bytes of the stream are still missing.`,
});

/**
 * `taken`: the stream disappeared while it was read. `different`: the result is not the announced
 * file, or a piece is gone.
 */
type AssemblyFailure = 'taken' | 'different';

/** Assembles the announced file in the incoming folder. */
async function assemble(context: ServiceContext, session: UploadSession): Promise<UploadedFile | AssemblyFailure> {
  const built = await build(context, session);
  if (built === null) return (await isStreamThere(context, session)) ? 'different' : 'taken';
  if (built.sizeBytes === session.fileSize && built.sha256 === session.sha256) return built;
  if (built.path !== streamPath(context, session.uuid)) await removeFile(built.path);
  return 'different';
}

/** Whether the stream is still there; a session that needs no stream counts as having it. */
async function isStreamThere(context: ServiceContext, { uuid, recipe, plan }: UploadSession): Promise<boolean> {
  return streamBytesOf(recipe, plan) === 0 || (await countReceivedBytes(context, uuid)) > 0;
}

/** Null if one of its sources is gone. */
async function build(
  { fileWorkers, blobs, ...place }: ServiceContext,
  { uuid, plan, recipe }: UploadSession,
): Promise<UploadedFile | null> {
  const stream = streamPath(place, uuid);
  if (plan.kind !== 'pieces') {
    // The disk takes about as long to make the file durable as it takes to read it, so both run at
    // once.
    const [measured, pieces] = await Promise.all([
      fileWorkers.measure({ path: stream }),
      fileWorkers.describe({ path: stream }),
      // The file workers report a missing file.
      syncFile(stream).catch(ifMissing(undefined)),
    ]);
    return measured && pieces && { path: stream, ...measured, pieces };
  }
  // If the server had every piece, there was no stream and the folder may not exist yet.
  await mkdir(sessionsDir(place), { recursive: true, mode: 0o700 });
  const path = join(sessionsDir(place), `${uuid}.${randomUUID()}.part`);
  const parts = rebuildSteps(recipe, plan.sources);
  const storedKeys = parts.flatMap(({ from }) => (typeof from === 'string' ? [] : [bundleKey(from.versionUuid)]));
  const rebuilt = await withLocalFiles(blobs, storedKeys, (paths) => {
    const pathOf = ({ from }: (typeof parts)[number]): string | null => {
      if (from === 'skeleton') return null;
      return from === 'stream' ? stream : (paths.get(bundleKey(from.versionUuid)) ?? null);
    };
    const steps = parts.map((part) => ({ path: pathOf(part), offset: part.offset, sizeBytes: part.sizeBytes }));
    return fileWorkers.rebuild({ steps, skeleton: recipe.skeleton, targetPath: path });
  }).catch(ifBlobMissing(null));
  return rebuilt && { path, ...rebuilt };
}

const WHOLE: StoredPlan = { kind: 'whole' };

/**
 * A piece is gone, or the pieces do not add up: now the client sends the whole file, which depends
 * on nothing else.
 */
async function restart(context: ServiceContext, session: UploadSession): ServiceResult<never> {
  await dropStream(context, session.uuid);
  await setPlan(context.db, session.uuid, WHOLE);
  return fail({
    code: 'upload_restart',
    detail: 'The assembled file is not the announced one. Send the whole file now.',
  });
}

interface Storing {
  readonly context: ServiceContext;
  readonly caller: Caller;
  readonly session: UploadSession;
  readonly file: UploadedFile;
  readonly inspection: UploadInspection | null;
}

async function store({ context, caller, session, file, inspection }: Storing): ServiceResult<AvatarUploadResponse> {
  const stored = await storeUpload({
    context,
    caller,
    projectUuid: session.projectUuid,
    idempotencyKey: session.uuid,
    upload: { fields: session.fields, file, originalName: session.originalFilename },
    inspection,
    // Its bytes count as a version now.
    inCommit: async (tx) => ok(await removeSession(tx, session.uuid)),
  });
  if (!isRetryable(stored)) {
    // The commit has removed it, unless the upload was stored before.
    await removeSession(context.db, session.uuid);
    await dropStream(context, session.uuid);
  }
  return stored.ok ? ok(stored.value.version) : stored;
}

/**
 * Failures that may pass: room may become free, the other request may finish, the whole file may
 * arrive. Then the session and its stream stay.
 */
const RETRYABLE: readonly ProblemCode[] = ['storage_full', 'unavailable', 'upload_restart'];

function isRetryable(stored: Result<unknown, ServiceFailure>): boolean {
  return !stored.ok && RETRYABLE.includes(stored.failure.code);
}
