import { copyText } from '../../components/copy-text.ts';
import { findingsOf } from '../../components/describe-finding.ts';
import { takeOffline } from '../../stores/activation/taking-offline.ts';
import { compareSelection } from '../../stores/comparison/comparison-actions.ts';
import { saveSelectedDraft } from '../../stores/drafts/drafts-store.ts';
import { generalTexts } from '../../stores/general-texts.en.ts';
import { describeDeletion } from '../../stores/library/trash-actions.ts';
import { whyNotActivatable } from '../../stores/library/version-labels.ts';
import { canPreview, previewSelection } from '../../stores/preview/preview-store.ts';
import type { Selection } from '../../stores/view/selection.ts';
import {
  activateSelection,
  copyLinkToSelection,
  deletionOf,
  downloadSelection,
  moveSelectionToTrash,
} from '../../stores/view/selection-actions.ts';
import { openDetails } from '../../stores/view/view-store.ts';
import type { PaletteContext } from './palette-context.ts';
import { entryIf, type KeysOf, type PaletteEntry } from './palette-entry.ts';
import { paletteTexts as texts } from './texts.en.ts';

function changes(context: PaletteContext, { avatar, version }: Selection, keys: KeysOf): PaletteEntry[] {
  if (!context.mayChange) return [];
  const label = generalTexts.version(avatar.name, version.version);
  const deletion = deletionOf({ avatar, version });
  return [
    ...entryIf(!version.isActive && whyNotActivatable(version) === null, {
      id: 'activate',
      name: texts.makeLive(label),
      words: texts.makeLiveWords,
      keys: keys('activate'),
      run: activateSelection,
    }),
    ...entryIf(context.hasDraft, {
      id: 'save',
      name: texts.saveDraft(avatar.name),
      keys: keys('save'),
      run: saveSelectedDraft,
    }),
    ...entryIf(version.isActive, {
      id: 'take-offline',
      name: texts.takeOffline(label),
      words: texts.takeOfflineWords,
      isDestructive: true,
      run: () => takeOffline(avatar.projectUuid),
    }),
    {
      id: 'trash',
      name: texts.moveToTrash(describeDeletion(deletion)),
      words: texts.deleteWords,
      keys: keys('trash'),
      isDestructive: true,
      run: moveSelectionToTrash,
    },
  ];
}

/** What can be done with the selected avatar and version, by their names. */
export function selectionEntries(context: PaletteContext, keys: KeysOf): PaletteEntry[] {
  const { selection, canCompare } = context;
  if (!selection) return [];
  const { avatar, version } = selection;
  const label = generalTexts.version(avatar.name, version.version);
  return [
    {
      id: 'details',
      name: texts.details(avatar.name),
      words: texts.detailsWords,
      isFallback: true,
      run: () => openDetails('details'),
    },
    ...entryIf(canPreview(version), {
      id: 'preview',
      name: texts.preview(label),
      words: texts.previewWords,
      keys: keys('preview'),
      run: previewSelection,
    }),
    ...entryIf(canCompare.active, {
      id: 'compare',
      name: texts.compareWithActive(label),
      words: texts.compareWords,
      keys: keys('compare'),
      run: () => compareSelection('active'),
    }),
    ...entryIf(canCompare.previous, {
      id: 'compare-previous',
      name: texts.compareWithPrevious(label),
      words: texts.compareWords,
      run: () => compareSelection('previous'),
    }),
    {
      id: 'versions',
      name: texts.showVersions(avatar.name),
      keys: keys('versions'),
      run: () => openDetails('versions'),
    },
    ...entryIf(findingsOf(version).length > 0, {
      id: 'findings',
      name: texts.showFindings(label),
      words: texts.findingsWords,
      run: () => openDetails('findings'),
    }),
    {
      id: 'activity',
      name: texts.showActivity(avatar.name),
      words: texts.activityWords,
      run: () => openDetails('activity'),
    },
    { id: 'download', name: texts.download(label), words: texts.downloadWords, run: downloadSelection },
    {
      id: 'copy-link',
      name: texts.copyLink(avatar.name),
      words: texts.linkWords,
      run: () => copyLinkToSelection(copyText),
    },
    ...changes(context, selection, keys),
  ];
}
