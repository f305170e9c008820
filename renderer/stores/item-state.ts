import type { AvatarView, VersionView } from '../../shared/contract/library.ts';
import type { TransferView } from '../../shared/contract/transfers.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { activeVersion, newestVersion } from './avatar-rules.ts';
import { isWaitingForServer } from './transfer-rules.ts';

/** What a mark looks like; the word says the same, so that the colour is never needed. */
export type StateTone = 'active' | 'stored' | 'busy' | 'waiting' | 'asked' | 'problem' | 'muted';

export interface ItemState {
  readonly tone: StateTone;
  readonly label: string;
}

export function versionState(version: VersionView): ItemState {
  if (version.isActive) return { tone: 'active', label: 'Live' };
  if (!version.activatable) return { tone: 'muted', label: 'Cannot go live' };
  return { tone: 'stored', label: 'On the server' };
}

/** Something that was done to it here is not on the server yet. */
export function hasPendingChanges(avatar: Pick<AvatarView, 'waiting'>): boolean {
  return avatar.waiting.length > 0;
}

/** A card shows its newest version, and says so if an older one is live. What is live is said even while something waits. */
export function avatarState(avatar: AvatarView): ItemState {
  const live = activeVersion(avatar);
  const newest = newestVersion(avatar);
  if (live) return { tone: 'active', label: live.uuid === newest.uuid ? 'Live' : `Live is v${live.version}` };
  return hasPendingChanges(avatar) ? { tone: 'waiting', label: 'Waiting' } : versionState(newest);
}

/** All of it as words in a row: "live, waiting". */
export function avatarStateLabel(avatar: AvatarView): string {
  const { tone, label } = avatarState(avatar);
  return [label, ...(hasPendingChanges(avatar) && tone !== 'waiting' ? ['waiting'] : [])].join(', ').toLowerCase();
}

/** 0 to 100, whole; 100 only when every byte is there. */
export function percentDone(transfer: Pick<TransferView, 'doneBytes' | 'totalBytes'>): number {
  if (transfer.totalBytes <= 0) return 0;
  return Math.min(100, Math.floor((100 * transfer.doneBytes) / transfer.totalBytes));
}

export function transferState(transfer: TransferView): ItemState {
  switch (transfer.state) {
    case 'waiting':
      return { tone: 'waiting', label: 'Waiting' };
    case 'sending':
      return { tone: 'busy', label: `Sending ${percentDone(transfer)} %` };
    case 'receiving':
      return { tone: 'busy', label: `Receiving ${percentDone(transfer)} %` };
    case 'checking':
      return { tone: 'busy', label: 'Checking' };
    case 'paused':
      return { tone: 'muted', label: 'Paused' };
    case 'done':
      return { tone: 'stored', label: transfer.kind === 'upload' ? 'On the server' : 'Saved' };
    case 'failed':
      if (isWaitingForServer(transfer)) return { tone: 'waiting', label: 'Waiting' };
      return { tone: 'problem', label: 'Failed' };
    case 'refused':
      return { tone: 'problem', label: 'Refused' };
    case 'cancelled':
      return { tone: 'muted', label: 'Cancelled' };
    default:
      return assertNever(transfer.state, 'transfer state');
  }
}
