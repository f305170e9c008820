import { plural } from '../../../shared/lib/plural.ts';
import { isolate, sentence } from '../../../shared/lib/sentence.ts';

const listFormat = new Intl.ListFormat('en', { type: 'conjunction' });

export const notificationTexts = {
  application: 'Gabinet',

  uploaded: (count: number) => sentence`${plural(count, 'avatar', 'avatars')} uploaded`,
  downloaded: (count: number) => sentence`${plural(count, 'avatar', 'avatars')} downloaded`,
  uploadsRefused: (count: number) => sentence`${plural(count, 'upload', 'uploads')} refused`,
  uploadsFailed: (count: number) => sentence`${plural(count, 'upload', 'uploads')} failed`,
  downloadsFailed: (count: number) => sentence`${plural(count, 'download', 'downloads')} failed`,
  /** After the count of those that succeeded. */
  refusedToo: (count: number) => sentence`${count} refused`,
  failedToo: (count: number) => sentence`${count} failed`,

  conflicts: (count: number) => plural(count, 'conflict', 'conflicts'),
  refusedChanges: (count: number) => plural(count, 'change needs your attention', 'changes need your attention'),

  isLive: (avatarName: string) => sentence`${avatarName} is live now`,
  liveChanged: (count: number) =>
    count === 1 ? 'Another avatar is live now' : sentence`Another avatar is live now in ${count} projects`,

  signedOut: 'You were signed out',
  signInAgain: 'Sign in to continue.',

  notUploaded: (names: string) => sentence`Not uploaded: ${names}`,
  notDownloaded: (names: string) => sentence`Not downloaded: ${names}`,
  /** `more`: how many are not named. */
  names: (names: readonly string[], more: number) =>
    listFormat.format([...names.map(isolate), ...(more > 0 ? [sentence`${more} more`] : [])]),
} as const;
