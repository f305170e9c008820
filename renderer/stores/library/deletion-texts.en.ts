import { plural } from '../../../shared/lib/plural.ts';

export const deletionTexts = {
  withAllVersions: (avatarName: string, count: number) => `${avatarName} with its ${count} versions`,
  moved: (subject: string) => `Moved ${subject} to the trash`,
  restored: (count: number) => `${plural(count, 'version', 'versions')} restored`,
  restoredAndLive: (count: number) => `${plural(count, 'version', 'versions')} restored, live again`,
} as const;
