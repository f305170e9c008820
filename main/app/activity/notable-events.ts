import type { ProjectView } from '../../../shared/contract/library.ts';
import type { NotificationKind } from '../../../shared/contract/notifications.ts';
import type { OperationView } from '../../../shared/contract/operations.ts';
import { hasProblem, isUnderWay } from '../../../shared/contract/transfer-progress.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';

/** Something that people want to know of when they were not looking. */
export interface NotableEvent {
  readonly kind: NotificationKind;
  readonly what:
    | 'uploaded'
    | 'upload-refused'
    | 'upload-failed'
    | 'downloaded'
    | 'download-failed'
    | 'conflict'
    | 'change-refused'
    | 'live-changed'
    | 'signed-out';
  /** Of the avatar, or of the file if it never became one; null if there is none. */
  readonly name: string | null;
  readonly projectName: string | null;
  readonly projectUuid: string | null;
}

/** Transfers of `before` that were under way and have since ended, other than by being canceled. */
export function endedTransfers(before: readonly TransferView[], after: readonly TransferView[]): NotableEvent[] {
  const wereUnderWay = new Set(before.filter((transfer) => isUnderWay(transfer)).map(({ id }) => id));
  return after.filter(({ id }) => wereUnderWay.has(id)).flatMap((transfer) => endOf(transfer) ?? []);
}

function endOf(transfer: TransferView): NotableEvent | null {
  const { kind, state, avatarName, fileName, projectUuid } = transfer;
  const place = { projectUuid, projectName: null };
  if (state === 'done') {
    return kind === 'upload'
      ? { kind: 'uploads', what: 'uploaded', name: avatarName, ...place }
      : { kind: 'downloads', what: 'downloaded', name: avatarName, ...place };
  }
  if (!hasProblem(transfer)) return null;
  if (kind === 'download') return { kind: 'downloads', what: 'download-failed', name: fileName, ...place };
  return { kind: 'uploads', what: state === 'refused' ? 'upload-refused' : 'upload-failed', name: fileName, ...place };
}

/** Operations that have been parked in the meantime. */
export function parkedOperations(before: readonly OperationView[], after: readonly OperationView[]): NotableEvent[] {
  const stateBefore = new Map(before.map(({ id, state }) => [id, state]));
  return after
    .filter((operation) => isParked(operation) && stateBefore.get(operation.id) !== operation.state)
    .map(({ state, subject, projectUuid, projectName }) => ({
      kind: 'changes',
      what: state === 'conflict' ? 'conflict' : 'change-refused',
      name: subject?.name ?? null,
      projectUuid,
      projectName,
    }));
}

export function isParked({ state }: Pick<OperationView, 'state'>): boolean {
  return state === 'refused' || state === 'conflict';
}

/**
 * Projects in which somebody other than `userName` made another avatar live. A project that was not
 * known before is not among them.
 */
export function liveChangedByOthers(
  before: readonly ProjectView[],
  after: readonly ProjectView[],
  userName: string,
): NotableEvent[] {
  const liveBefore = new Map(before.map(({ uuid, active }) => [uuid, active?.versionUuid ?? null]));
  return after.flatMap(({ uuid, name, active, activeSetBy, isActivationWaiting }) => {
    const was = liveBefore.get(uuid);
    const isOther = !isActivationWaiting && activeSetBy !== userName;
    if (was === undefined || active === null || active.versionUuid === was || !isOther) return [];
    return [{ kind: 'live', what: 'live-changed', name: active.name, projectUuid: uuid, projectName: name }];
  });
}
