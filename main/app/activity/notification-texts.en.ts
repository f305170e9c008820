import { plural } from '../../../shared/lib/plural.ts';

const listFormat = new Intl.ListFormat('en', { type: 'conjunction' });

export const notificationTexts = {
  application: 'Gabinet',

  uploaded: (count: number) => `${plural(count, 'avatar', 'avatars')} uploaded`,
  downloaded: (count: number) => `${plural(count, 'avatar', 'avatars')} downloaded`,
  uploadsRefused: (count: number) => `${plural(count, 'upload', 'uploads')} refused`,
  uploadsFailed: (count: number) => `${plural(count, 'upload', 'uploads')} failed`,
  downloadsFailed: (count: number) => `${plural(count, 'download', 'downloads')} failed`,
  /** After the count of those that succeeded. */
  refusedToo: (count: number) => `${count} refused`,
  failedToo: (count: number) => `${count} failed`,

  conflicts: (count: number) => plural(count, 'conflict', 'conflicts'),
  refusedChanges: (count: number) => plural(count, 'change needs your attention', 'changes need your attention'),

  isLive: (avatarName: string) => `${avatarName} is live now`,
  liveChanged: (count: number) =>
    count === 1 ? 'Another avatar is live now' : `Another avatar is live now in ${count} projects`,

  signedOut: 'You were signed out',
  signInAgain: 'Sign in to continue.',

  notUploaded: (names: string) => `Not uploaded: ${names}`,
  notDownloaded: (names: string) => `Not downloaded: ${names}`,
  /** `more`: how many are not named. */
  names: (names: readonly string[], more: number) => listFormat.format(more > 0 ? [...names, `${more} more`] : names),
} as const;
