import type { StagedFile } from '../../../shared/contract/transfers.ts';
import { plural } from '../../../shared/lib/plural.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

type BodyType = NonNullable<StagedFile['manifest']>['bodyType'];

const bodies: Readonly<Record<BodyType, string>> = {
  model3d: '3D model',
  splat: 'Splat',
  portrait2d: '2D portrait',
};

const groups = {
  refused: 'Refused',
  checking: 'Checking',
  ready: 'Ready',
  duplicate: 'Already here',
} as const;
type Group = keyof typeof groups;

export const uploadSheetTexts = {
  title: (projectName: string) => sentence`Add to ${projectName}`,
  readingFiles: 'Reading files',
  hide: 'Hide upload sheet',
  hiddenSheet: 'Files waiting',
  waiting: (fileCount: number) => sentence`${plural(fileCount, 'file', 'files')} waiting`,
  show: 'Show',
  group: (kind: Group, count: number) => sentence`${groups[kind]} ${count}`,
  groups,
  noneCanGoLive: 'None of these files can go live.',
  willBeLive: (avatarName: string) => sentence`${avatarName} will be live.`,
  activeStays: 'The live avatar stays the same.',
  nothingGoesLive: 'Nothing goes live.',
  stillChecking: 'Files are still being checked.',
  discard: 'Discard',
  close: 'Close',

  tagsForAll: 'Tags for all new avatars',
  tagsForAllHelp: 'Separated by commas. They replace the tags of each file.',
  applyTags: 'Apply tags to all',

  detailsOf: (fileName: string) => sentence`Details of ${fileName}`,
  goesLive: 'Goes live',
  activateAfterUpload: 'Goes live after upload',
  activateFile: (fileName: string) => sentence`Goes live after upload: ${fileName}`,

  remove: (fileName: string) => sentence`Remove ${fileName}`,
  preview: 'Preview',
  previewOf: (fileName: string) => sentence`Preview ${fileName}`,
  large: 'Large: slow to load on phones',
  copyReason: 'Copy reason',
  findingCount: (count: number) => plural(count, 'finding', 'findings'),
  findingsOf: (fileName: string) => sentence`Findings of ${fileName}`,

  checking: 'Checking',
  refused: 'Refused',
  duplicate: 'Duplicate',
  cannotGoLive: "Can't go live",
  goodWithWarnings: 'Good, with warnings',
  good: 'Good',

  bodies,
  nameAndVersion: (name: string, version: string) => sentence`${name} ${version}`,
  by: (authors: string) => sentence`by ${authors}`,
  unreadable: "Can't read this file",
  notABundle: "Not a bundle that Gabinet can read. It's stored unchanged and can't go live.",
  noManifest: 'ZIP file without a readable manifest',
  noDetails: 'No details available',
  cannotUpload: "This file can't be uploaded.",
  duplicateOf: (avatarName: string, version: number) =>
    sentence`Already on the server as ${avatarName} v${version}. Nothing will be uploaded.`,
  duplicateInTrash: (avatarName: string, version: number) =>
    sentence`Already on the server as ${avatarName} v${version}, in the trash. Nothing will be uploaded.`,

  comparedWithLive: (avatarName: string, version: number) => sentence`compared with the live ${avatarName} v${version}`,
  comparedAndCounted: (avatarName: string, version: number, differences: string) =>
    sentence`compared with the live ${avatarName} v${version}: ${differences}`,
  compareWithLive: 'Compare with live',

  addAs: 'Add as',
  target: (fileName: string) => sentence`Add ${fileName} as`,
  newAvatar: 'New avatar',
  newAvatarNamed: (avatarName: string) => sentence`New avatar ${avatarName}`,
  newVersionOf: (avatarName: string) => sentence`New version of ${avatarName}`,
  newVersionFromUpload: (avatarName: string) => sentence`New version of ${avatarName} (from this upload)`,
  matchedById: 'Matched by avatar ID',
  matchedByFileName: 'Matched by file name',
  name: 'Name',
  tags: 'Tags',
  tagsHelp: 'Separated by commas',
  note: 'Note',
  noteHelp: "What's new in this version",
} as const;
