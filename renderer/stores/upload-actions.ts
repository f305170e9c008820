import { type ChooserKind, showChooser } from './choosers.ts';
import { generalTexts } from './general-texts.en.ts';
import { showNotice } from './notices.ts';
import { currentReadOnlyReason } from './use-permissions.ts';
import { openProjectUuid, useView } from './view-store.ts';

/** For shortcuts and commands, which cannot be disabled: shows the reason instead. */
export function chooseToUpload(kind: ChooserKind): void {
  const block = currentReadOnlyReason();
  const reason = block ?? (openProjectUuid(useView.getState()) ? null : generalTexts.openProjectFirst);
  if (reason) showNotice({ tone: 'plain', title: reason });
  else showChooser(kind);
}
