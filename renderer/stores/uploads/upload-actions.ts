import { currentReadOnlyReason } from '../account/use-permissions.ts';
import { generalTexts } from '../general-texts.en.ts';
import { showNotice } from '../notices/notices.ts';
import { openProjectUuid, useView } from '../view/view-store.ts';
import { type ChooserKind, showChooser } from './choosers.ts';

/** For shortcuts and commands, which cannot be disabled: shows the reason instead. */
export function chooseToUpload(kind: ChooserKind): void {
  const block = currentReadOnlyReason();
  const reason = block ?? (openProjectUuid(useView.getState()) ? null : generalTexts.openProjectFirst);
  if (reason) showNotice({ tone: 'plain', title: reason });
  else showChooser(kind);
}
