import { randomUUID } from 'node:crypto';
import type { SentUpload } from '../../node/api-client/send-upload.ts';
import { activatedVersionFrom, withActivation } from '../../shared/domain/activations.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { OperationIntent, PendingOperation } from '../../shared/domain/intents.ts';
import { versionRowFrom } from '../db/api-rows.ts';
import { decisionTime } from '../db/decision-time.ts';
import type { Readers, Writers } from '../db/local-database.ts';
import type { TransferRow, VersionRow } from '../db/schema.ts';
import { effectiveReaders } from '../outbox/effective-readers.ts';
import { insertOperations } from '../outbox/parked-operations.ts';

/** The transaction in which an upload is recorded, and its author. */
export interface RecordContext {
  readonly writers: Writers;
  readonly readers: Readers;
  /** Name of the signed-in user, as the server shows it. */
  readonly actor: string;
}

/**
 * Records a stored upload: the transfer is done, the version is in the library, and a watched file
 * is remembered. Anything that the server could not do in the same step goes into the outbox.
 * Returns the uuids of the projects that changed.
 */
export function recordStored(transfer: TransferRow, sent: SentUpload, context: RecordContext): readonly string[] {
  const { writers, readers } = context;
  // The feed may have brought this version before the response arrived, with later changes. Its
  // rows are newer then.
  const isNew = readers.versions.find(sent.avatar.uuid) === null;
  const row = versionRowFrom(sent.avatar);
  const activation = activationOf(transfer, sent, { row, readers });
  writers.transfers.update(transfer.id, {
    state: 'done',
    versionUuid: row.uuid,
    avatarName: row.name,
    storedAvatarUuid: row.avatarUuid,
    version: row.version,
    activation,
    copyPath: null,
    failure: null,
  });
  writers.transfers.resolveFollowers(transfer.followsId ?? transfer.id, row.avatarUuid);
  if (isNew) writers.versions.upsert(row);
  rememberWatched(transfer, row, writers);
  if (isNew && activation === 'activated') showActive(transfer, { sent, row }, context);
  if (activation === 'active_changed') insertHeld(row, context);
  const intents = intentsAfter(transfer, sent, { row, readers });
  insertOperations(
    context,
    intents.map((intent) => operation(intent, row, context)),
  );
  return [row.projectUuid];
}

/** A duplicate has not been activated by the server; the rules are the same. */
function activationOf(
  { activate, activateOver }: TransferRow,
  sent: SentUpload,
  { row, readers }: Stored,
): TransferRow['activation'] {
  if (sent.kind === 'stored') return sent.avatar.activation;
  if (!activate) return 'not_requested';
  if (!row.activatable) return 'not_activatable';
  const activeUuid = activeUuidOf(row, readers);
  return activeUuid === activateOver || activeUuid === row.uuid ? 'not_requested' : 'active_changed';
}

function activeUuidOf({ projectUuid }: VersionRow, readers: Readers): VersionUuid | null {
  return effectiveReaders(readers).projects.find(projectUuid)?.active?.versionUuid ?? null;
}

function insertHeld({ uuid: versionUuid, projectUuid }: VersionRow, { writers, readers }: RecordContext): void {
  writers.heldActivations.replace({ versionUuid, projectUuid, heldAt: decisionTime(readers) });
}

function rememberWatched({ projectUuid, watched, sha256 }: TransferRow, { avatarUuid }: VersionRow, writers: Writers) {
  if (watched !== null) writers.watchFolders.remember({ projectUuid, ...watched, sha256, avatarUuid });
}

interface Shown {
  readonly sent: SentUpload;
  readonly row: VersionRow;
}

function showActive({ id }: TransferRow, { sent, row }: Shown, { writers, readers, actor }: RecordContext): void {
  const project = readers.projects.find(row.projectUuid);
  if (project === null) return;
  const active = { ...row, versionUuid: row.uuid };
  const at = sent.avatar.updated_at ?? sent.avatar.created_at;
  const activations = withActivation(project.activations, {
    uuid: id,
    from: project.active && activatedVersionFrom(project.active),
    to: activatedVersionFrom(active),
    how: 'upload',
    by: actor,
    at,
  });
  writers.projects.setActive(row.projectUuid, { active, activeSetBy: actor, activeSetAt: at, activations });
}

interface Stored {
  readonly row: VersionRow;
  readonly readers: Readers;
}

/**
 * The operations that complete an upload. If the project already had the bytes, that version is
 * restored from the trash and activated, as the upload would have been. A watched file restores
 * nothing. It is activated only if the version that it was compared with is still active, so that a
 * choice made since then is kept.
 */
function intentsAfter(transfer: TransferRow, sent: SentUpload, { row, readers }: Stored): readonly OperationIntent[] {
  const intents: OperationIntent[] = [];
  const isWanted = sent.kind === 'duplicate' && transfer.watched === null;
  if (isWanted && row.deletedAt !== null) intents.push({ kind: 'restore', versionUuid: row.uuid });
  if (!row.activatable || (row.deletedAt !== null && !isWanted)) return intents;
  const activeUuid = activeUuidOf(row, readers);
  if (activeUuid === row.uuid) return intents;
  const activate = { kind: 'activate', versionUuid: row.uuid, how: 'upload', undoes: null } as const;
  if (transfer.activate) {
    // A version that was not compared with the active one is held.
    const isJudged = sent.kind === 'duplicate' && activeUuid === transfer.activateOver;
    if (isJudged) intents.push({ ...activate, expectedActiveUuid: activeUuid, onConflict: 'ask' });
  } else if (transfer.activateOver !== null) {
    intents.push({ ...activate, expectedActiveUuid: transfer.activateOver, onConflict: 'drop' });
  }
  return intents;
}

function operation(
  intent: OperationIntent,
  { projectUuid, avatarUuid }: VersionRow,
  { actor, readers }: RecordContext,
): PendingOperation {
  const requestKey = randomUUID();
  return { requestKey, projectUuid, avatarUuid, intent, by: actor, createdAt: decisionTime(readers) };
}
