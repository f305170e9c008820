import type { z } from 'zod';
import {
  type AvatarPatch,
  customerAvatarRoutes,
  patchAvatar,
  restoreAvatar,
  setActiveAvatar,
} from '../../shared/api/avatars.ts';
import type { ActiveState } from '../../shared/api/problem.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { ActivationOutcome, trashOutcomeSchema, VersionView } from '../../shared/contract/library.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ApiClient } from '../api/api-client.ts';
import type { ApiFailure } from '../api/api-failure.ts';
import { avatarRowFrom } from '../db/api-rows.ts';
import type { LocalDatabase, Readers, Writers } from '../db/local-database.ts';
import type { Sync } from '../sync/sync.ts';
import type { LibraryReads } from './library-reads.ts';
import { thumbnailAddress } from './picture-address.ts';

type TrashOutcome = z.infer<typeof trashOutcomeSchema>;
type Outcome<Value> = Promise<Result<Value, Failure>>;

export interface ActivationRequest {
  readonly projectUuid: string;
  readonly avatarUuid: string | null;
  /** What the person saw as live when they decided. */
  readonly expectedActiveUuid: string | null;
}

/** Each is one request to the server; what it answers is in the local library before this answers. */
export interface LibraryActions {
  activate(request: ActivationRequest): Outcome<ActivationOutcome>;
  edit(avatarUuid: string, patch: AvatarPatch): Outcome<VersionView>;
  moveToTrash(avatarUuid: string, scope: 'version' | 'avatar'): Outcome<TrashOutcome>;
  /** Takes versions back; makes `activateUuid` live again if nothing else is by now. */
  restore(
    avatarUuids: readonly string[],
    activateUuid: string | null,
  ): Outcome<{ readonly restored: number; readonly reactivated: boolean }>;
}

export interface LibraryActionsOptions {
  readonly api: ApiClient;
  readonly database: LocalDatabase;
  readonly sync: Sync;
  readonly reads: LibraryReads;
  /** Name of who is signed in, as the server will show it. */
  readonly actor: string;
}

export function createLibraryActions(options: LibraryActionsOptions): LibraryActions {
  return {
    activate: (request) => activate(options, request),
    edit: (avatarUuid, patch) => edit(options, avatarUuid, patch),
    moveToTrash: (avatarUuid, scope) => moveToTrash(options, avatarUuid, scope),
    restore: (avatarUuids, activateUuid) => restore(options, avatarUuids, activateUuid),
  };
}

async function activate(options: LibraryActionsOptions, request: ActivationRequest): Outcome<ActivationOutcome> {
  const answer = await putActive(options, request);
  if (answer.ok) return ok({ kind: 'done' });
  if (answer.failure.current === null) return refused(options, answer.failure);
  return ok(await describeConflict(options, answer.failure.current));
}

async function putActive(
  { api, sync }: LibraryActionsOptions,
  { projectUuid, avatarUuid, expectedActiveUuid }: ActivationRequest,
): Promise<Result<ActiveState, ApiFailure>> {
  const answer = await api.call(setActiveAvatar, {
    params: { project_uuid: projectUuid },
    body: { avatar_uuid: avatarUuid, expected_active_uuid: expectedActiveUuid },
  });
  if (answer.ok) {
    sync.applyOwnChange((writers, readers) => {
      writeActive(writers, readers, { projectUuid, state: answer.value });
      return [projectUuid];
    });
  }
  return answer;
}

/** The picture and name of what is live now are in the feed: the pull before answering brings them. */
async function describeConflict(
  { database, sync }: LibraryActionsOptions,
  current: ActiveState,
): Promise<Extract<ActivationOutcome, { kind: 'conflict' }>> {
  await sync.pullNow();
  const uuid = current.active_avatar_uuid;
  const row = uuid === null ? null : database.read.avatars.find(uuid);
  return {
    kind: 'conflict',
    activeAvatarUuid: uuid,
    activeName: row?.name ?? null,
    activeVersion: row?.version ?? null,
    activeThumbnailUrl: row === null ? null : thumbnailAddress(row.uuid, row.pictureHash),
    setBy: current.set_by,
    setAt: current.set_at,
  };
}

function writeActive(
  writers: Writers,
  readers: Readers,
  { projectUuid, state }: { readonly projectUuid: string; readonly state: ActiveState },
): void {
  const row = state.active_avatar_uuid === null ? null : readers.avatars.find(state.active_avatar_uuid);
  writers.projects.setActive(projectUuid, {
    active: row && {
      avatarUuid: row.uuid,
      lineageUuid: row.lineageUuid,
      name: row.name,
      version: row.version,
      pictureHash: row.pictureHash,
    },
    activeSetBy: state.set_by,
    activeSetAt: state.set_at,
  });
}

async function edit(options: LibraryActionsOptions, avatarUuid: string, patch: AvatarPatch): Outcome<VersionView> {
  const answer = await options.api.call(patchAvatar, { params: { avatar_uuid: avatarUuid }, body: patch });
  if (!answer.ok) return refused(options, answer.failure);
  const row = avatarRowFrom(answer.value);
  options.sync.applyOwnChange((writers) => {
    writers.avatars.upsert(row);
    writers.avatars.setLineageFields(row.lineageUuid, { name: row.name, tags: row.tags });
    return [row.projectUuid];
  });
  return ok(options.reads.version(row));
}

async function moveToTrash(
  options: LibraryActionsOptions,
  avatarUuid: string,
  scope: 'version' | 'avatar',
): Outcome<TrashOutcome> {
  const params = { avatar_uuid: avatarUuid };
  const answer = await options.api.call(customerAvatarRoutes.remove, { params, query: { scope } });
  if (!answer.ok) return refused(options, answer.failure);
  const { deleted_avatar_uuids: avatarUuids, was_active_uuid: wasActiveUuid } = answer.value;
  const now = new Date().toISOString();
  const cleared: ActiveState = { active_avatar_uuid: null, set_by: options.actor, set_at: now };
  options.sync.applyOwnChange((writers, readers) => {
    const projectUuid = readers.avatars.find(avatarUuid)?.projectUuid;
    writers.avatars.setDeletedAt(avatarUuids, now);
    if (projectUuid === undefined) return [];
    if (wasActiveUuid !== null) writeActive(writers, readers, { projectUuid, state: cleared });
    return [projectUuid];
  });
  return ok({ avatarUuids, wasActiveUuid });
}

async function restore(
  options: LibraryActionsOptions,
  avatarUuids: readonly string[],
  activateUuid: string | null,
): Outcome<{ readonly restored: number; readonly reactivated: boolean }> {
  let restored = 0;
  let firstFailure: ApiFailure | null = null;
  for (const avatarUuid of avatarUuids) {
    const answer = await restoreOne(options, avatarUuid);
    if (answer.ok) restored += 1;
    else firstFailure ??= answer.failure;
    // Without a server the others would fail the same way, one time limit after the other.
    if (!answer.ok && answer.failure.kind !== 'refused') break;
  }
  if (restored === 0 && firstFailure !== null) return refused(options, firstFailure);
  return ok({ restored, reactivated: await reactivate(options, activateUuid) });
}

async function restoreOne({ api, sync }: LibraryActionsOptions, avatarUuid: string): Promise<Result<null, ApiFailure>> {
  const answer = await api.call(restoreAvatar, { params: { avatar_uuid: avatarUuid } });
  if (!answer.ok) return answer;
  const row = avatarRowFrom(answer.value);
  sync.applyOwnChange((writers) => {
    writers.avatars.upsert(row);
    return [row.projectUuid];
  });
  return ok(null);
}

/** Compare-and-set with "none": whoever chose another one meanwhile keeps it. */
async function reactivate(options: LibraryActionsOptions, avatarUuid: string | null): Promise<boolean> {
  const row = avatarUuid === null ? null : options.database.read.avatars.find(avatarUuid);
  if (row === null || row.deletedAt !== null) return false;
  const request = { projectUuid: row.projectUuid, avatarUuid: row.uuid, expectedActiveUuid: null };
  return (await putActive(options, request)).ok;
}

function refused(
  { sync }: LibraryActionsOptions,
  failure: ApiFailure,
): { readonly ok: false; readonly failure: Failure } {
  sync.noteFailure(failure);
  return fail(failure.failure);
}
