import type { AvatarView, VersionView } from '../../shared/contract/library.ts';
import type { TransferView } from '../../shared/contract/transfers.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { liveVersion, newestVersion } from './avatar-rules.ts';
import { isWaitingForServer } from './transfer-rules.ts';

/** What a mark looks like; the word says the same, so that the colour is never needed. */
export type StateTone = 'live' | 'stored' | 'busy' | 'waiting' | 'asked' | 'problem' | 'muted';

export interface ItemState {
  readonly tone: StateTone;
  readonly word: string;
}

export function versionState(version: VersionView): ItemState {
  if (version.isActive) return { tone: 'live', word: 'Live' };
  if (!version.activatable) return { tone: 'muted', word: 'Cannot go live' };
  return { tone: 'stored', word: 'On the server' };
}

/** Something that was done to it here is not on the server yet. */
export function isWaiting(avatar: Pick<AvatarView, 'waiting'>): boolean {
  return avatar.waiting.length > 0;
}

/** A card shows its newest version, and says so if an older one is live. What is live is said even while something waits. */
export function avatarState(avatar: AvatarView): ItemState {
  const live = liveVersion(avatar);
  const newest = newestVersion(avatar);
  if (live) return { tone: 'live', word: live.uuid === newest.uuid ? 'Live' : `Live is v${live.version}` };
  return isWaiting(avatar) ? { tone: 'waiting', word: 'Waiting' } : versionState(newest);
}

/** All of it as words in a row: "live, waiting". */
export function avatarStateWords(avatar: AvatarView): string {
  const { tone, word } = avatarState(avatar);
  return [word, ...(isWaiting(avatar) && tone !== 'waiting' ? ['waiting'] : [])].join(', ').toLowerCase();
}

/** 0 to 100, whole; 100 only when every byte is there. */
export function percentDone(transfer: Pick<TransferView, 'doneBytes' | 'totalBytes'>): number {
  if (transfer.totalBytes <= 0) return 0;
  return Math.min(100, Math.floor((100 * transfer.doneBytes) / transfer.totalBytes));
}

export function transferState(transfer: TransferView): ItemState {
  switch (transfer.state) {
    case 'waiting':
      return { tone: 'waiting', word: 'Waiting' };
    case 'sending':
      return { tone: 'busy', word: `Sending ${percentDone(transfer)} %` };
    case 'receiving':
      return { tone: 'busy', word: `Receiving ${percentDone(transfer)} %` };
    case 'checking':
      return { tone: 'busy', word: 'Checking' };
    case 'paused':
      return { tone: 'muted', word: 'Paused' };
    case 'done':
      return { tone: 'stored', word: transfer.kind === 'upload' ? 'On the server' : 'Saved' };
    case 'failed':
      if (isWaitingForServer(transfer)) return { tone: 'waiting', word: 'Waiting' };
      return { tone: 'problem', word: 'Failed' };
    case 'refused':
      return { tone: 'problem', word: 'Refused' };
    case 'cancelled':
      return { tone: 'muted', word: 'Cancelled' };
    default:
      return assertNever(transfer.state, 'transfer state');
  }
}
