import { basename } from 'node:path';
import { UNLIMITED_PACE } from '../../node/api-client/pace.ts';
import { type SendFailure, type SentUpload, sendUpload, type UploadToSend } from '../../node/api-client/send-upload.ts';
import type { AvatarResponse, uploadOutcomes } from '../../shared/api/avatars.ts';
import type { Result } from '../../shared/lib/result.ts';
import { type Progress, showProgress } from './progress.ts';
import type { PushOptions, PushPlan } from './push-command.ts';
import { measureFile, uploadFiles } from './read-upload.ts';
import type { SignedInContext } from './remote-command.ts';
import { failureOf, isTemporary } from './remote-failure.ts';
import { retrying } from './retry.ts';
import { findUnfinished } from './unfinished-uploads.ts';

/** The result for one file. */
export interface PushedFile {
  readonly file: string;
  readonly kind: SentUpload['kind'];
  readonly version: AvatarResponse;
  readonly activation: (typeof uploadOutcomes)[number];
}

export interface FileToPush {
  readonly plan: PushPlan;
  readonly options: PushOptions;
  readonly file: string;
}

/**
 * Uploads one file by the session protocol. If the command ends before the server has stored it,
 * the same command continues where this one stopped.
 */
export async function pushFile(context: SignedInContext, push: FileToPush): Promise<PushedFile> {
  const { sizeBytes, sha256 } = await measureFile(push.file);
  const wish = wishOf(push, sha256);
  const identity = { server: context.api.serverUrl, user: push.plan.userUuid, ...wish };
  const unfinished = await findUnfinished(context.environment, identity);
  const progress = showProgress(context.output, { name: wish.fileName, totalBytes: sizeBytes });
  const sent = await send(context, {
    upload: { ...wish, id: unfinished.uploadUuid, copyPath: push.file },
    push,
    progress,
  });
  progress.end();
  if (sent.ok || !mayContinue(sent.failure)) await unfinished.forget();
  if (!sent.ok) throw failureOf(sent.failure);
  const { kind, avatar } = sent.value;
  const activation = kind === 'stored' ? sent.value.avatar.activation : 'not_requested';
  return { file: push.file, kind, version: avatar, activation };
}

function wishOf({ plan, options, file }: FileToPush, sha256: string): Omit<UploadToSend, 'id' | 'copyPath'> {
  return {
    projectUuid: plan.project.uuid,
    fileName: basename(file),
    sha256,
    avatarUuid: plan.avatarUuid,
    newName: options.name ?? null,
    newTags: options.tags ?? null,
    description: options.description ?? null,
    activate: plan.activate,
    activateOver: plan.expected,
  };
}

interface Sending {
  readonly upload: UploadToSend;
  readonly push: FileToPush;
  readonly progress: Progress;
}

function send({ api }: SignedInContext, { upload, push, progress }: Sending): Promise<Result<SentUpload, SendFailure>> {
  const services = { api, fileWorkers: uploadFiles, pace: UNLIMITED_PACE };
  const run = {
    signal: new AbortController().signal,
    progress: (doneBytes: number) => progress.moved(doneBytes),
    traveled: () => undefined,
    enter: () => undefined,
  };
  return retrying({ retries: push.options.retries, progress }, () => sendUpload(services, upload, run));
}

/** Whether the server still has what was sent, for the same command later. */
const mayContinue = (failure: SendFailure): boolean => isTemporary(failure) || failure.kind === 'unauthenticated';
