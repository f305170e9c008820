import { plural } from '../../../shared/lib/plural.ts';

export const stagingTexts = {
  noBundlesFound: (skippedCount: number) =>
    skippedCount === 0
      ? 'Nothing to add: no .gab files found'
      : `No .gab files found, ${plural(skippedCount, 'other file', 'other files')} skipped`,
  tooManyFiles: (limit: number) => ({
    title: `Only the first ${limit.toLocaleString('en')} files were added`,
    hint: 'Upload or discard them, then add the rest.',
  }),
  comparedFirst: (fileName: string, active: string) =>
    `${fileName} goes live after it has been compared with ${active}`,
  discarded: (count: number) => `${plural(count, 'file', 'files')} discarded`,
  addedElsewhere: (fileCount: number, projectName: string) =>
    `${plural(fileCount, 'file', 'files')} added to the upload sheet of ${projectName}`,
  uploadsStarted: (count: number) => plural(count, 'upload started', 'uploads started'),

  checked: (count: number) => `${plural(count, 'file', 'files')} checked`,
  remaining: (count: number) => `${count} remaining`,
  refused: (count: number) => `${count} refused`,
  duplicates: (count: number) => `${count} already on the server`,
  skipped: (count: number) => `${plural(count, 'other file', 'other files')} skipped`,

  nothingToUpload: 'Nothing to upload',
  upload: (count: number) => `Upload ${plural(count, 'avatar', 'avatars')}`,
} as const;
