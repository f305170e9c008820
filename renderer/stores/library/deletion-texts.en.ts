import { plural } from '../../../shared/lib/plural.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

export const deletionTexts = {
  withAllVersions: (avatarName: string, count: number) => sentence`${avatarName} with its ${count} versions`,
  moved: (subject: string) => sentence`Moved ${subject} to the trash`,
  restored: (count: number) => sentence`${plural(count, 'version', 'versions')} restored`,
  restoredAndLive: (count: number) => sentence`${plural(count, 'version', 'versions')} restored, live again`,
} as const;
