import type { AvatarView, VersionView } from '../../shared/contract/library.ts';
import type { TransferView } from '../../shared/contract/transfers.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { liveVersion, newestVersion } from './avatar-rules.ts';

/** What a mark looks like; the word says the same, so that the colour is never needed. */
export type StateTone = 'live' | 'stored' | 'busy' | 'problem' | 'muted';

export interface ItemState {
  readonly tone: StateTone;
  readonly word: string;
}

export function versionState(version: VersionView): ItemState {
  if (version.isActive) return { tone: 'live', word: 'Live' };
  if (!version.activatable) return { tone: 'muted', word: 'Cannot go live' };
  return { tone: 'stored', word: 'On the server' };
}

/** A card shows its newest version, and says so if an older one is live. */
export function avatarState(avatar: AvatarView): ItemState {
  const live = liveVersion(avatar);
  const newest = newestVersion(avatar);
  if (live && live.uuid !== newest.uuid) return { tone: 'live', word: `Live is v${live.version}` };
  return versionState(newest);
}

/** 0 to 100, whole; 100 only when every byte is there. */
export function percentDone(transfer: Pick<TransferView, 'doneBytes' | 'totalBytes'>): number {
  if (transfer.totalBytes <= 0) return 0;
  return Math.min(100, Math.floor((100 * transfer.doneBytes) / transfer.totalBytes));
}

export function transferState(transfer: TransferView): ItemState {
  switch (transfer.state) {
    case 'waiting':
      return { tone: 'busy', word: 'Waiting' };
    case 'sending':
      return { tone: 'busy', word: `Sending ${percentDone(transfer)} %` };
    case 'receiving':
      return { tone: 'busy', word: `Receiving ${percentDone(transfer)} %` };
    case 'checking':
      return { tone: 'busy', word: 'Checking' };
    case 'done':
      return { tone: 'stored', word: transfer.kind === 'upload' ? 'On the server' : 'Saved' };
    case 'failed':
      return { tone: 'problem', word: 'Failed' };
    case 'refused':
      return { tone: 'problem', word: 'Refused' };
    case 'cancelled':
      return { tone: 'muted', word: 'Cancelled' };
    default:
      return assertNever(transfer.state, 'transfer state');
  }
}
