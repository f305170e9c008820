import { currentReadOnlyReason } from '../account/use-permissions.ts';
import { activateVersion } from '../activation/activation-store.ts';
import { activationTexts } from '../activation/activation-texts.en.ts';
import { generalTexts } from '../general-texts.en.ts';
import { type Deletion, moveToTrash } from '../library/trash-actions.ts';
import { whyNotActivatable } from '../library/version-labels.ts';
import { showNotice, start } from '../notices/notices.ts';
import { downloadVersion } from '../transfers/transfers-store.ts';
import { copyLink } from './open-link.ts';
import { currentSelection, type Selection } from './selection.ts';
import { useView } from './view-store.ts';

/** Shortcuts and commands cannot be disabled: they show the reason instead. */
function showReason(reason: string): void {
  showNotice({ tone: 'plain', title: reason });
}

function withSelection(block: string | null, act: (selection: Selection) => void): void {
  const selection = currentSelection();
  if (block) showReason(block);
  else if (selection) act(selection);
  else showReason(generalTexts.chooseAvatarFirst);
}

export function activateSelection(): void {
  withSelection(currentReadOnlyReason(), ({ avatar, version }) => {
    const reason = version.isActive
      ? activationTexts.alreadyLive(generalTexts.version(avatar.name, version.version))
      : whyNotActivatable(version);
    if (reason) showReason(reason);
    else start(activateVersion(avatar, version));
  });
}

/**
 * The version that is selected in the list of versions, otherwise the avatar with all its versions.
 */
export function deletionOf({ avatar, version }: Selection): Deletion {
  const isVersionChosen = useView.getState().selectedVersionUuid !== null && avatar.versions.length > 1;
  return { avatar, version: isVersionChosen || avatar.versions.length === 1 ? version : null };
}

export function moveSelectionToTrash(): void {
  withSelection(currentReadOnlyReason(), (selection) => start(moveToTrash(deletionOf(selection))));
}

export function downloadSelection(): void {
  withSelection(null, ({ version }) => start(downloadVersion(version.uuid)));
}

/** The link to the selected avatar. `copy` as in `copyLink`. */
export function copyLinkToSelection(copy: Parameters<typeof copyLink>[1]): void {
  withSelection(null, ({ avatar }) => start(copyLink(avatar, copy)));
}
