import { plural } from '../../../shared/lib/plural.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

export const stagingTexts = {
  noBundlesFound: (skippedCount: number) =>
    skippedCount === 0
      ? 'Nothing to add: no .gab files found'
      : sentence`No .gab files found, ${plural(skippedCount, 'other file', 'other files')} skipped`,
  tooManyFiles: (limit: number) => ({
    title: sentence`Only the first ${limit.toLocaleString('en')} files were added`,
    hint: 'Upload or discard them, then add the rest.',
  }),
  comparedFirst: (fileName: string, active: string) =>
    sentence`${fileName} goes live after it has been compared with ${active}`,
  discarded: (count: number) => sentence`${plural(count, 'file', 'files')} discarded`,
  addedElsewhere: (fileCount: number, projectName: string) =>
    sentence`${plural(fileCount, 'file', 'files')} added to the upload sheet of ${projectName}`,
  uploadsStarted: (count: number) => plural(count, 'upload started', 'uploads started'),

  checked: (count: number) => sentence`${plural(count, 'file', 'files')} checked`,
  remaining: (count: number) => sentence`${count} remaining`,
  refused: (count: number) => sentence`${count} refused`,
  duplicates: (count: number) => sentence`${count} already on the server`,
  skipped: (count: number) => sentence`${plural(count, 'other file', 'other files')} skipped`,

  nothingToUpload: 'Nothing to upload',
  upload: (count: number) => sentence`Upload ${plural(count, 'avatar', 'avatars')}`,
} as const;
