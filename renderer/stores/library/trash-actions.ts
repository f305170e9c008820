import { create } from 'zustand';
import type { AvatarView, VersionView } from '../../../shared/contract/library.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { generalTexts } from '../general-texts.en.ts';
import { announce } from '../notices/announcements.ts';
import { showFailure } from '../notices/notices.ts';
import { offerUndo } from '../outbox/undo-store.ts';
import { activeVersion } from './avatar-rules.ts';
import { deletionTexts } from './deletion-texts.en.ts';

export interface Deletion {
  readonly avatar: AvatarView;
  /** Null: the avatar with all its versions. */
  readonly version: VersionView | null;
}

/**
 * The deletion of the active version, which has to be confirmed. Everything else can simply be
 * undone.
 */
export const useDeletion = create<{ readonly asked: Deletion | null }>(() => ({ asked: null }));

export function includesActive({ avatar, version }: Deletion): boolean {
  return version ? version.isActive : activeVersion(avatar) !== null;
}

export function describeDeletion({ avatar, version }: Deletion): string {
  if (version) return generalTexts.version(avatar.name, version.version);
  const count = avatar.versions.length;
  return count === 1 ? avatar.name : deletionTexts.withAllVersions(avatar.name, count);
}

export async function moveToTrash(deletion: Deletion): Promise<void> {
  if (includesActive(deletion)) useDeletion.setState({ asked: deletion });
  else await moveToTrashNow(deletion);
}

export async function moveToTrashNow(deletion: Deletion): Promise<void> {
  useDeletion.setState({ asked: null });
  const target = deletion.version ?? deletion.avatar.versions[0];
  if (!target) return;
  const scope = deletion.version ? 'version' : 'avatar';
  const outcome = await getBridge().library.moveToTrash({ versionUuid: target.uuid, scope });
  if (!outcome.ok) {
    showFailure(outcome.failure);
    return;
  }
  const { versionUuids, wasActiveUuid } = outcome.value;
  offerUndo(deletionTexts.moved(describeDeletion(deletion)), () => restore(versionUuids, wasActiveUuid));
}

export function cancelDeletion(): void {
  useDeletion.setState({ asked: null });
}

/** `activateUuid`: the version to activate again unless another one is active by now. */
export async function restore(versionUuids: readonly VersionUuid[], activateUuid: VersionUuid | null): Promise<void> {
  const outcome = await getBridge().library.restore({ versionUuids: [...versionUuids], activateUuid });
  if (!outcome.ok) {
    showFailure(outcome.failure);
    return;
  }
  const { restored, reactivated } = outcome.value;
  announce(reactivated ? deletionTexts.restoredAndLive(restored) : deletionTexts.restored(restored));
}
