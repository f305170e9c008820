import type { ActivatedVersion } from '../../../shared/domain/activations.ts';
import { plural } from '../../../shared/lib/plural.ts';
import { commaList, sentence } from '../../../shared/lib/sentence.ts';

type WasActive = Pick<ActivatedVersion, 'name' | 'version'>;

export const projectTexts = {
  avatarCount: (count: number) => plural(count, 'avatar', 'avatars'),
  upload: 'Upload',

  liveNow: 'Live now',
  nothingLive: 'Nothing is live in this project. Choose an avatar and make it live.',
  goesLive: { now: 'Going live', later: "Goes live when you're back online" },
  goesOffline: { now: 'Going offline', later: "Goes offline when you're back online" },
  liveUntilThen: ({ name, version }: WasActive) => sentence`Live until then: ${name} v${version}`,
  nothingLiveUntilThen: 'Nothing is live until then.',
  since: (when: string) => sentence`since ${when}`,
  by: (who: string) => sentence`by ${who}`,
  backTo: ({ name, version }: WasActive) => sentence`Back to ${name} v${version}`,
  bringBack: ({ name, version }: WasActive) => sentence`Bring ${name} v${version} back`,
  liveUntil: (until: string) => sentence`, live until ${until}`,
  noLongerHere: ({ name, version }: WasActive) => sentence`${name} v${version} is in the trash or gone.`,
  history: 'History',
  historyOf: (projectName: string) => sentence`What was live in ${projectName}`,
  takeOffline: 'Take offline',
  takeOfflineQuestion: (version: string) => sentence`Take ${version} offline?`,
  takeOfflineConsequence: (projectName: string) =>
    sentence`${projectName} will have no live avatar until someone makes one live. You can undo this.`,

  checkedAgain: 'Checked again',
  rulesChanged: 'The rules of the check have changed, so the stored versions were checked again.',
  rechecked: {
    fails: (count: number) =>
      count === 1 ? '1 version no longer passes the check:' : sentence`${count} versions no longer pass the check:`,
    'other-findings': (count: number) => sentence`${plural(count, 'version has', 'versions have')} other findings now:`,
    passes: (count: number) =>
      count === 1 ? '1 version passes the check now:' : sentence`${count} versions pass the check now:`,
  },
  activeStays: 'The live one stays live.',
  nameAndVersion: (name: string, version: number) => sentence`${name} v${version}`,
  andMore: (count: number) => sentence` and ${count} more`,
  dismiss: 'Dismiss',

  avatars: 'Avatars',
  unsavedCard: (card: string) => sentence`${card}, unsaved`,
  card: (name: string, version: number, state: string) => commaList([name, sentence`version ${version}`, state]),
  arrivingCard: (name: string, state: string) => sentence`${name}, ${state}`,
  uploadOf: (fileName: string) => sentence`Upload of ${fileName}`,
  aboutAndFile: (about: string, fileName: string) => sentence`${about}, ${fileName}`,
  findingCount: (count: number) => plural(count, 'finding', 'findings'),
  noMatch: 'No avatars match this search.',
  found: (count: number, total: number) => sentence`${count} of ${total}`,
  foundAloud: (count: number, total: number) => sentence`${count} of ${plural(total, 'avatar', 'avatars')} found`,
  showAll: 'Show all',

  searchAvatars: 'Search avatars',
  searchResults: 'Search results',
  filterByTag: 'Filter by tag',
  sort: 'Sort',
  newest: 'Newest',
  name: 'Name',
  size: 'Size',
  layout: 'Layout',
  grid: 'Grid',
  list: 'List',

  dropArea: (projectName: string) => sentence`Drop files for ${projectName}`,
  dropToAdd: (projectName: string) => sentence`Drop to add to ${projectName}`,
  dropAsVersion: (avatarName: string) => sentence`New version of ${avatarName}`,

  emptyProject: 'Empty project',
  noAvatars: 'No avatars yet',
  dropHere: 'Drop .gab files here',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose folder',
  aboutBundles: (maxMib: number) =>
    sentence`A bundle is a single file with everything an avatar needs: its model or portraits, voice, thumbnail and name. Gabinet checks each file on this computer before uploading it. Files can be up to ${maxMib} MiB.`,
  bundlesToUpload: 'Bundles to upload',
  folderToUpload: 'Folder to upload',

  onThisComputer: 'On this computer',
  keepOffline: 'Keep offline',
  keptOffline: 'Kept offline',
  watchAFolder: 'Watch a folder',
  watchedFolder: 'Watched folder',
  folder: 'Folder',
  confirmFolder: 'Confirm the folder on its own page. If no page has opened:',
  openConfirmPage: 'Open the page',
  folderPlaceholder: '/home/you/exports',
  chooseAFolder: 'Choose a folder',
  newFiles: 'New files',
  askFirst: 'Ask before uploading',
  askFirstHelp: 'New and changed .gab files are listed for you to check, and uploaded when you confirm.',
  uploadAutomatically: 'Upload automatically',
  uploadAutomaticallyHelp: 'New and changed .gab files are uploaded as soon as they are fully written.',
  savedAgain: 'Saving a file again makes it the next version of its avatar.',
  watch: 'Watch',
  save: 'Save',
  stopWatching: 'Stop watching',
  cancel: 'Cancel',
} as const;
