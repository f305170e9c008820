import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFile } from '../../../node/atomic-file.ts';
import { ifMissing, isMissing } from '../../../node/error-code.ts';
import type { AvatarUploadResponse } from '../../../shared/api/avatars.ts';
import type { ProblemCode } from '../../../shared/api/problem.ts';
import { rebuildSteps, type StoredPlan, streamBytesOf } from '../../../shared/domain/recipe/upload-plan.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { bundleKey } from '../blob-keys.ts';
import type { Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { type ApiFailure, notFound } from '../service-failure.ts';
import { receiptWriter } from '../uploads/receipts.ts';
import type { ReceivedFile } from '../uploads/receive-file.ts';
import { storeUpload } from '../uploads/store-upload.ts';
import type { Inspection } from '../uploads/upload-inspection.ts';
import { findStoredUpload } from '../uploads/upload-replay.ts';
import { findSession, removeSession, setPlan, type UploadSession } from './session-rows.ts';
import { countReceivedBytes, dropStream, sessionsDir, streamPath } from './stream-file.ts';

type Answer<Value> = Promise<Result<Value, ApiFailure>>;

/**
 * Rebuilds an announced file, verifies its hash and stores it like any other upload. A repetition answers the same. Failures:
 * `not_found`, `upload_unfinished`, `upload_restart`, and those of `storeUpload`; after a refusal for good the session is gone.
 */
export async function completeUpload(
  context: ServiceContext,
  caller: Caller,
  uuid: string,
): Answer<AvatarUploadResponse> {
  const session = await findSession(context.db, caller, uuid);
  if (!session) return answeredBefore(context, caller, uuid);
  const missing = await missingBytes(context, session);
  if (missing > 0) return fail(unfinished(missing));
  const receipt = receiptWriter(context, caller, uuid);
  const stored = await receipt.whileChecking(() => rebuildAndStore(context, caller, session));
  await (canGoOn(stored) ? receipt.discard() : receipt.settle(stored.ok ? 'stored' : 'refused'));
  return stored;
}

async function rebuildAndStore(
  context: ServiceContext,
  caller: Caller,
  session: UploadSession,
): Answer<AvatarUploadResponse> {
  // The check takes longest: it is the first to get a thread.
  const [inspection, file] = await Promise.all([inspectEarly(context, session), assemble(context, session)]);
  if (file === 'taken' || inspection === 'taken') return storedByTwin(context, caller, session.uuid);
  if (file === 'other') return restart(context, session);
  try {
    return await store({ context, caller, session, file, inspection });
  } catch (error) {
    const isGone = isMissing(error) && !(await isStreamThere(context, session));
    if (!isGone) throw error;
    return storedByTwin(context, caller, session.uuid);
  } finally {
    // The stream itself is kept where the session goes on.
    if (file.path !== streamPath(context, session.uuid)) await rm(file.path, { force: true });
  }
}

/**
 * What came whole is checked while it is hashed; what is rebuilt is not there yet: null. Only counts where the hash turns out right.
 * `taken`: the stream went while it was read.
 */
async function inspectEarly(context: ServiceContext, session: UploadSession): Promise<Inspection | 'taken' | null> {
  if (session.plan.kind !== 'whole') return null;
  const { fileSize: sizeBytes, originalFilename: originalName } = session;
  const path = streamPath(context, session.uuid);
  try {
    return await context.inspector.inspect({ path, sizeBytes, originalName, policy: context.gabPolicy });
  } catch (error) {
    if (await isStreamThere(context, session)) throw error;
    return 'taken';
  }
}

/** The session went with its commit; only the answer was lost. */
async function answeredBefore(context: ServiceContext, caller: Caller, uuid: string): Answer<AvatarUploadResponse> {
  const answer = await findStoredUpload(context.db, caller.userId, uuid);
  return answer ? ok(answer) : fail(notFound('upload'));
}

/** The same request twice at once: the other one took the stream away, because it is storing it or has stored it. */
async function storedByTwin(context: ServiceContext, caller: Caller, uuid: string): Answer<AvatarUploadResponse> {
  const answer = await findStoredUpload(context.db, caller.userId, uuid);
  return answer ? ok(answer) : fail({ code: 'unavailable', detail: 'This upload is being completed already.' });
}

async function missingBytes(context: ServiceContext, { uuid, recipe, plan }: UploadSession): Promise<number> {
  if (plan.kind === 'chunks') return recipe.sizeBytes;
  return streamBytesOf(recipe, plan) - (await countReceivedBytes(context, uuid));
}

const unfinished = (missing: number): ApiFailure => ({
  code: 'upload_unfinished',
  detail: `${missing} bytes of the stream are not here yet.`,
});

/** `taken`: the stream went while it was read. `other`: what came out is not what was announced, or a piece is gone. */
type NotAssembled = 'taken' | 'other';

/** The announced file, put together in the incoming folder. */
async function assemble(context: ServiceContext, session: UploadSession): Promise<ReceivedFile | NotAssembled> {
  const built = await build(context, session);
  if (built === null) return (await isStreamThere(context, session)) ? 'other' : 'taken';
  if (built.sizeBytes === session.fileSize && built.sha256 === session.sha256) return built;
  if (built.path !== streamPath(context, session.uuid)) await rm(built.path, { force: true });
  return 'other';
}

/** A session that needs nothing of a stream has none that could go. */
async function isStreamThere(context: ServiceContext, { uuid, recipe, plan }: UploadSession): Promise<boolean> {
  return streamBytesOf(recipe, plan) === 0 || (await countReceivedBytes(context, uuid)) > 0;
}

/** Null: something that it is made of is gone. */
async function build(
  { assembler, blobs, ...place }: ServiceContext,
  { uuid, plan, recipe }: UploadSession,
): Promise<ReceivedFile | null> {
  const stream = streamPath(place, uuid);
  if (plan.kind !== 'pieces') {
    // It takes the disk about as long to make it durable as it takes us to read it.
    const [measured, pieces] = await Promise.all([
      assembler.measure({ path: stream }),
      assembler.describe({ path: stream }),
      // A file that is gone is for the reader to tell.
      syncFile(stream).catch(ifMissing(undefined)),
    ]);
    return measured && pieces && { path: stream, ...measured, pieces };
  }
  // Where the server had every piece there was no stream, and perhaps never one before.
  await mkdir(sessionsDir(place), { recursive: true, mode: 0o700 });
  const path = join(sessionsDir(place), `${uuid}.${randomUUID()}.part`);
  const steps = rebuildSteps(recipe, plan.sources).map(({ from, offset, sizeBytes }) => ({
    path: from === 'skeleton' ? null : from === 'stream' ? stream : blobs.localPath(bundleKey(from.versionUuid)),
    offset,
    sizeBytes,
  }));
  const rebuilt = await assembler.rebuild({ steps, skeleton: recipe.skeleton, targetPath: path });
  return rebuilt && { path, ...rebuilt };
}

const WHOLE: StoredPlan = { kind: 'whole' };

/** A piece is gone, or the pieces do not add up: the whole file is asked for, which depends on nothing. */
async function restart(context: ServiceContext, session: UploadSession): Answer<never> {
  await dropStream(context, session.uuid);
  await setPlan(context.db, session.uuid, WHOLE);
  return fail({
    code: 'upload_restart',
    detail: 'What came together is not the announced file. The server now waits for all of it.',
  });
}

interface Storing {
  readonly context: ServiceContext;
  readonly caller: Caller;
  readonly session: UploadSession;
  readonly file: ReceivedFile;
  readonly inspection: Inspection | null;
}

async function store({ context, caller, session, file, inspection }: Storing): Answer<AvatarUploadResponse> {
  const stored = await storeUpload({
    context,
    caller,
    projectUuid: session.projectUuid,
    idempotencyKey: session.uuid,
    upload: { fields: session.fields, file, originalName: session.originalFilename },
    inspection,
  });
  if (!canGoOn(stored)) {
    await removeSession(context.db, session.uuid);
    await dropStream(context, session.uuid);
  }
  return stored.ok ? ok(stored.value.avatar) : stored;
}

/** Not for good: a server without room may get some, a twin may be done, the whole file may come. Then what can be kept is kept. */
const GOES_ON: readonly ProblemCode[] = ['storage_full', 'unavailable', 'upload_restart'];

function canGoOn(stored: Result<unknown, ApiFailure>): boolean {
  return !stored.ok && GOES_ON.includes(stored.failure.code);
}
