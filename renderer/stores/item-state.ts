import type { AvatarView, VersionView } from '../../shared/contract/library.ts';
import type { TransferView } from '../../shared/contract/transfers.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { activeVersion, newestVersion } from './avatar-rules.ts';
import { itemStateTexts } from './item-state-texts.en.ts';
import { waitReason } from './transfer-progress.ts';
import { isWaitingForServer } from './transfer-rules.ts';

/** What a mark looks like; the word says the same, so that the color is never needed. */
export type StateTone = 'active' | 'stored' | 'busy' | 'waiting' | 'asked' | 'problem' | 'muted';

export interface ItemState {
  readonly tone: StateTone;
  readonly label: string;
}

export function versionState(version: VersionView): ItemState {
  if (version.isActive) return { tone: 'active', label: itemStateTexts.live };
  if (!version.activatable) return { tone: 'muted', label: itemStateTexts.cannotGoLive };
  return { tone: 'stored', label: itemStateTexts.onServer };
}

/** Something that was done to it here is not on the server yet. */
export function hasPendingChanges(avatar: Pick<AvatarView, 'waiting'>): boolean {
  return avatar.waiting.length > 0;
}

/** A card shows its newest version, and says so if an older one is live. What is live is said even while something waits. */
export function avatarState(avatar: AvatarView): ItemState {
  const live = activeVersion(avatar);
  const newest = newestVersion(avatar);
  if (live)
    return {
      tone: 'active',
      label: live.uuid === newest.uuid ? itemStateTexts.live : itemStateTexts.otherVersionLive(live.version),
    };
  return hasPendingChanges(avatar) ? { tone: 'waiting', label: itemStateTexts.pending } : versionState(newest);
}

/** All of it as words in a row: "live, waiting". */
export function avatarStateLabel(avatar: AvatarView): string {
  const { tone, label } = avatarState(avatar);
  return [label, ...(hasPendingChanges(avatar) && tone !== 'waiting' ? [itemStateTexts.pending] : [])]
    .join(', ')
    .toLowerCase();
}

/** 0 to 100, whole; 100 only when every byte is there. */
export function percentDone(transfer: Pick<TransferView, 'doneBytes' | 'totalBytes'>): number {
  if (transfer.totalBytes <= 0) return 0;
  return Math.min(100, Math.floor((100 * transfer.doneBytes) / transfer.totalBytes));
}

export function transferState(transfer: TransferView): ItemState {
  switch (transfer.state) {
    case 'waiting':
      return { tone: 'waiting', label: waitReason(transfer) === null ? itemStateTexts.queued : itemStateTexts.waiting };
    case 'sending':
      return { tone: 'busy', label: itemStateTexts.sending(percentDone(transfer)) };
    case 'receiving':
      return { tone: 'busy', label: itemStateTexts.receiving(percentDone(transfer)) };
    case 'checking':
      return { tone: 'busy', label: itemStateTexts.checking };
    case 'paused':
      return { tone: 'muted', label: itemStateTexts.paused };
    case 'done':
      return {
        tone: 'stored',
        label: transfer.kind === 'upload' ? itemStateTexts.onServer : itemStateTexts.savedToDisk,
      };
    case 'failed':
      if (isWaitingForServer(transfer)) return { tone: 'waiting', label: itemStateTexts.waiting };
      return { tone: 'problem', label: itemStateTexts.failed };
    case 'refused':
      return { tone: 'problem', label: itemStateTexts.refused };
    case 'cancelled':
      return { tone: 'muted', label: itemStateTexts.canceled };
    default:
      return assertNever(transfer.state, 'transfer state');
  }
}
