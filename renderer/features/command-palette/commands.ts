import type { AvatarView, ProjectView } from '../../../shared/contract/library.ts';
import type { CustomerView } from '../../../shared/contract/projects.ts';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import { AVATAR_GRID } from '../../components/avatar-grid.ts';
import { copyText } from '../../components/copy-text.ts';
import { focusSearch } from '../../components/focus-search.ts';
import { openAccount } from '../../stores/account/account-store.ts';
import { mayManageProjects } from '../../stores/account/permission-rules.ts';
import { signOut } from '../../stores/account/session-store.ts';
import { compareSelection } from '../../stores/comparison/comparison-actions.ts';
import { refreshLibrary, togglePinOfOpenProject } from '../../stores/library/library-actions.ts';
import { openNameForm, trashProject } from '../../stores/library/project-actions.ts';
import { setWatchFormOpen } from '../../stores/library/watch-folders-store.ts';
import { start } from '../../stores/notices/notices.ts';
import { undoLast } from '../../stores/outbox/undo-store.ts';
import { previewSelection } from '../../stores/preview/preview-store.ts';
import { setSettingsOpen } from '../../stores/settings/settings-store.ts';
import type { ChangeableShortcut, KeyBindings } from '../../stores/settings/shortcut-rules.ts';
import { describeBinding, setShortcutsOpen } from '../../stores/settings/shortcuts-store.ts';
import { setTheme } from '../../stores/settings/theme-store.ts';
import { copyDiagnostics, showLog } from '../../stores/shell/diagnostics-store.ts';
import { commandAllTransfers, setTrayOpen } from '../../stores/transfers/transfers-store.ts';
import { chooseToUpload } from '../../stores/uploads/upload-actions.ts';
import { copyLink } from '../../stores/view/open-link.ts';
import {
  activateSelection,
  copyLinkToSelection,
  downloadSelection,
  moveSelectionToTrash,
} from '../../stores/view/selection-actions.ts';
import { openDetails, openPage, openProject, selectAvatar, setLayout } from '../../stores/view/view-store.ts';
import { commandTexts as texts } from './texts.en.ts';

export interface Command {
  readonly id: string;
  readonly name: string;
  /** The customer of a project, the tags of an avatar, or more words to find a command by. */
  readonly detail?: string;
  readonly keys?: string;
  run(): void;
}

type KeysOf = (shortcut: ChangeableShortcut) => string;

export interface CommandGroup {
  readonly id: string;
  readonly name: string;
  readonly commands: readonly Command[];
}

/** `keys`: the keys of a shortcut, as people read them. */
const actions = (keys: KeysOf): readonly Command[] => [
  { id: 'upload', name: texts.uploadFiles, keys: keys('upload'), run: () => chooseToUpload('files') },
  { id: 'upload-folder', name: texts.uploadFolder, run: () => chooseToUpload('folder') },
  { id: 'activate', name: texts.makeLive, keys: keys('activate'), run: activateSelection },
  {
    id: 'compare',
    name: texts.compare,
    detail: texts.compareDetail,
    keys: keys('compare'),
    run: () => compareSelection('default'),
  },
  { id: 'compare-previous', name: texts.comparePrevious, run: () => compareSelection('previous') },
  { id: 'preview', name: texts.preview, detail: texts.previewDetail, keys: keys('preview'), run: previewSelection },
  { id: 'versions', name: texts.showVersions, keys: keys('versions'), run: () => openDetails('versions') },
  { id: 'findings', name: texts.showFindings, run: () => openDetails('findings') },
  { id: 'download', name: texts.download, run: downloadSelection },
  { id: 'copy-link', name: texts.copyLink, run: () => copyLinkToSelection(copyText) },
  { id: 'trash', name: texts.moveToTrash, keys: keys('trash'), run: moveSelectionToTrash },
  { id: 'pin', name: texts.keepOffline, detail: texts.keepOfflineDetail, run: togglePinOfOpenProject },
  { id: 'watch', name: texts.watchFolder, run: () => setWatchFormOpen(true) },
  { id: 'pause', name: texts.pauseAll, run: () => start(commandAllTransfers('pauseAll')) },
  { id: 'resume', name: texts.resumeAll, run: () => start(commandAllTransfers('resumeAll')) },
  { id: 'undo', name: texts.undo, keys: keys('undo'), run: undoLast },
  { id: 'search', name: texts.searchAvatars, keys: keys('search'), run: focusSearch },
];

const generalCommands: readonly Command[] = [
  { id: 'sync', name: texts.refresh, run: () => start(refreshLibrary()) },
  { id: 'account', name: texts.account, detail: texts.accountDetail, run: () => openAccount() },
  { id: 'settings', name: texts.settings, detail: texts.settingsDetail, run: () => setSettingsOpen(true) },
  { id: 'keys', name: texts.changeShortcuts, keys: '?', run: () => setShortcutsOpen(true) },
  { id: 'tray', name: texts.showTransfers, detail: texts.showTransfersDetail, run: () => setTrayOpen(true) },
  { id: 'grid', name: texts.gridView, run: () => setLayout('grid') },
  { id: 'list', name: texts.listView, run: () => setLayout('list') },
  { id: 'light', name: texts.lightTheme, run: () => setTheme('light') },
  { id: 'dark', name: texts.darkTheme, run: () => setTheme('dark') },
  { id: 'system', name: texts.systemTheme, run: () => setTheme('system') },
  { id: 'diagnostics', name: texts.copyDiagnostics, detail: texts.helpDetail, run: () => start(copyDiagnostics()) },
  { id: 'log', name: texts.showLog, detail: texts.helpDetail, run: () => start(showLog()) },
  { id: 'sign-out', name: texts.signOut, run: () => start(signOut()) },
];

/** Shortcuts that belong to none of the commands above, so that the palette lists every key. */
const shortcuts = (keys: KeysOf): readonly Command[] => [
  { id: 'key-arrows', name: texts.moveBetweenCards, keys: texts.arrowKeys, run: focusCards },
  { id: 'key-enter', name: texts.openDetails, keys: texts.enterKey, run: () => openDetails() },
  { id: 'key-palette', name: texts.palette, keys: keys('palette'), run: () => undefined },
  { id: 'key-escape', name: texts.closePanel, keys: texts.escapeKey, run: () => undefined },
];

function focusCards(): void {
  document.querySelector<HTMLElement>(AVATAR_GRID)?.focus();
}

function pages(projects: readonly ProjectView[], user: SignedInUser): Command[] {
  return [
    ...projects.map((project) => ({
      id: `project-${project.uuid}`,
      name: project.name,
      detail: project.customerName,
      run: () => openProject(project.uuid),
    })),
    { id: 'page-trash', name: texts.trash, run: () => openPage({ kind: 'trash' }) },
    ...(user.isAdmin ? [{ id: 'page-audit', name: texts.audit, run: () => openPage({ kind: 'audit' }) }] : []),
  ];
}

function projectCommands({ customers, openProject: open, user }: PaletteInput): Command[] {
  const managed = customers.filter(({ uuid }) => mayManageProjects(user, uuid));
  const creating = managed.map(({ uuid, name }) => ({
    id: `new-project-${uuid}`,
    name: texts.newProject,
    detail: name,
    run: () => openNameForm({ kind: 'create', customerUuid: uuid }),
  }));
  if (open === null) return creating;
  const link = {
    id: 'copy-project-link',
    name: texts.copyProjectLink,
    detail: open.name,
    run: () => start(copyLink({ projectUuid: open.uuid, avatarUuid: null }, copyText)),
  };
  if (!mayManageProjects(user, open.customerUuid)) return [...creating, link];
  return [
    ...creating,
    link,
    {
      id: 'rename-project',
      name: texts.renameProject,
      detail: open.name,
      run: () => openNameForm({ kind: 'rename', projectUuid: open.uuid }),
    },
    { id: 'trash-project', name: texts.trashProject, detail: open.name, run: () => start(trashProject(open)) },
  ];
}

function avatarCommands(avatars: readonly AvatarView[]): Command[] {
  return avatars.map((avatar) => ({
    id: `avatar-${avatar.avatarUuid}`,
    name: avatar.name,
    detail: avatar.tags.join(', '),
    run: () => {
      selectAvatar(avatar.avatarUuid);
      openDetails('details');
    },
  }));
}

export interface PaletteInput {
  readonly projects: readonly ProjectView[];
  readonly customers: readonly CustomerView[];
  /** The project whose page is open. */
  readonly openProject: ProjectView | null;
  readonly avatars: readonly AvatarView[];
  readonly user: SignedInUser;
  readonly bindings: KeyBindings;
}

export function commandGroups(input: PaletteInput): CommandGroup[] {
  const { projects, avatars, user, bindings } = input;
  const keys: KeysOf = (shortcut) => describeBinding(bindings[shortcut]);
  return [
    { id: 'actions', name: texts.actions, commands: actions(keys) },
    { id: 'pages', name: texts.goTo, commands: pages(projects, user) },
    { id: 'projects', name: texts.projects, commands: projectCommands(input) },
    { id: 'avatars', name: texts.avatarsHere, commands: avatarCommands(avatars) },
    { id: 'general', name: texts.general, commands: generalCommands },
    { id: 'shortcuts', name: texts.shortcuts, commands: shortcuts(keys) },
  ].filter((group) => group.commands.length > 0);
}
