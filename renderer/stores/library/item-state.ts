import type { AvatarView, VersionView } from '../../../shared/contract/library.ts';
import { isBundleFault } from '../../../shared/contract/preview-frame.ts';
import { isWaitingForServer } from '../../../shared/contract/transfer-progress.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { recheckResult } from '../../../shared/domain/recheck-result.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { MarkTone } from '../../components/state-mark.tsx';
import { waitReason } from '../transfers/transfer-progress.ts';
import { activeVersion, confirmedActiveVersion, newestVersion } from './avatar-rules.ts';
import { itemStateTexts } from './item-state-texts.en.ts';

export interface ItemState {
  /** The label says the same, so that color is never needed to understand it. */
  readonly tone: MarkTone;
  readonly label: string;
}

/** "On the server" is the normal state, which is not shown. */
export function isException({ tone }: ItemState): boolean {
  return tone !== 'stored';
}

export function versionState(version: VersionView): ItemState {
  if (version.isConfirmedActive) return { tone: 'active', label: itemStateTexts.live };
  if (version.isActive) return { tone: 'waiting', label: itemStateTexts.goingLive };
  if (!version.activatable) return { tone: 'muted', label: itemStateTexts.cannotGoLive };
  if (isUndrawable(version)) return { tone: 'problem', label: itemStateTexts.cannotBeDrawn };
  return { tone: 'stored', label: itemStateTexts.onServer };
}

/** The preview could not draw it, and the reason is in the bundle. */
export function isUndrawable({ drawingFailure }: Pick<VersionView, 'drawingFailure'>): boolean {
  return drawingFailure !== null && isBundleFault(drawingFailure);
}

/**
 * Newer rules of the check have found fault with it. An active version was activatable once, also if
 * an older application has not stored what the check said then.
 */
export function noLongerPasses(version: VersionView): boolean {
  return recheckResult(version) === 'fails' || (version.isActive && !version.activatable);
}

/** What has turned out to be wrong with a version that was stored as good; null if nothing has. */
export function versionFault(version: VersionView): string | null {
  if (noLongerPasses(version)) return itemStateTexts.noLongerPasses;
  return isUndrawable(version) ? itemStateTexts.cannotBeDrawn : null;
}

/** What is wrong with the active version of an avatar; null if nothing is, or none is active. */
export function activeFault(avatar: AvatarView): string | null {
  const active = activeVersion(avatar);
  return active && versionFault(active);
}

/** A change made here is not on the server yet. */
export function hasPendingChanges(avatar: Pick<AvatarView, 'waiting'>): boolean {
  return avatar.waiting.length > 0;
}

/**
 * What customers see is live, also while another choice is pending. Otherwise a card shows its newest
 * version.
 */
export function avatarState(avatar: AvatarView): ItemState {
  const live = confirmedActiveVersion(avatar);
  const newest = newestVersion(avatar);
  if (live) {
    const label = live.uuid === newest.uuid ? itemStateTexts.live : itemStateTexts.otherVersionLive(live.version);
    return { tone: 'active', label };
  }
  if (activeVersion(avatar)) return { tone: 'waiting', label: itemStateTexts.goingLive };
  return hasPendingChanges(avatar) ? { tone: 'waiting', label: itemStateTexts.pending } : versionState(newest);
}

/** The whole state in one line: "live, pending, can't be drawn"; empty in the normal state. */
export function avatarStateLabel(avatar: AvatarView): string {
  const state = avatarState(avatar);
  const { tone } = state;
  const label = isException(state) ? state.label : null;
  const pending = hasPendingChanges(avatar) && tone !== 'waiting' ? itemStateTexts.pending : null;
  return [label, pending, activeFault(avatar)]
    .filter((part) => part !== null)
    .join(', ')
    .toLowerCase();
}

/** A whole number from 0 to 100; 100 only when every byte has arrived. */
export function percentDone(transfer: Pick<TransferView, 'doneBytes' | 'totalBytes'>): number {
  if (transfer.totalBytes <= 0) return 0;
  return Math.min(100, Math.floor((100 * transfer.doneBytes) / transfer.totalBytes));
}

export function transferState(transfer: TransferView): ItemState {
  switch (transfer.state) {
    case 'waiting':
      return { tone: 'waiting', label: waitReason(transfer) === null ? itemStateTexts.queued : itemStateTexts.waiting };
    case 'sending':
      return { tone: 'sending', label: itemStateTexts.sending(percentDone(transfer)) };
    case 'receiving':
      return { tone: 'receiving', label: itemStateTexts.receiving(percentDone(transfer)) };
    case 'checking':
      return { tone: 'busy', label: itemStateTexts.checking };
    case 'paused':
      return { tone: 'paused', label: itemStateTexts.paused };
    case 'done':
      return transfer.kind === 'upload'
        ? { tone: 'stored', label: itemStateTexts.onServer }
        : { tone: 'saved', label: itemStateTexts.savedToDisk };
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
