import { plural } from '../../../shared/lib/plural.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

const listFormat = new Intl.ListFormat('en', { type: 'conjunction' });

export const repairTexts = {
  title: 'Library repaired',
  what: 'The library on this computer was damaged, so Gabinet made a new one. Projects and avatars are loaded from the server again.',

  changes: (count: number) => plural(count, 'pending change', 'pending changes'),
  uploads: (count: number) => plural(count, 'upload', 'uploads'),
  settings: (count: number) => plural(count, 'watched or offline project', 'watched or offline projects'),
  kept: (parts: readonly string[], isOne: boolean) =>
    sentence`${listFormat.format(parts)} ${isOne ? 'was' : 'were'} kept.`,
  nothingLost: 'Nothing was lost.',

  someChanges: 'pending changes',
  someUploads: 'uploads',
  someSettings: 'watched and offline projects',
  mayBeLost: (kinds: readonly string[]) =>
    sentence`Other ${listFormat.format(kinds)} may be lost, because parts of the file can't be read.`,
  uploadCopies: 'The files of lost uploads are kept beside the library for 30 days.',
  toReview: (count: number) =>
    count === 1
      ? "1 change needs your attention: it isn't known whether it was sent."
      : sentence`${count} changes need your attention: it isn't known whether they were sent.`,

  keptAt: (path: string) => sentence`The damaged file is kept as ${path}.`,
  reveal: 'Show in folder',
  dismiss: 'Dismiss',
} as const;
