import type { AvatarView, ProjectView } from '../../../shared/contract/library.ts';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import { AVATAR_GRID } from '../../components/avatar-grid.ts';
import { focusSearch } from '../../components/focus-search.ts';
import { compareSelection } from '../../stores/comparison-actions.ts';
import { refreshLibrary, togglePinOfOpenProject } from '../../stores/library-actions.ts';
import { start } from '../../stores/notices.ts';
import { previewSelection } from '../../stores/preview-store.ts';
import { activateSelection, downloadSelection, moveSelectionToTrash } from '../../stores/selection-actions.ts';
import { signOut } from '../../stores/session-store.ts';
import { setSettingsOpen } from '../../stores/settings-store.ts';
import { setTheme } from '../../stores/theme-store.ts';
import { pauseAllTransfers, resumeAllTransfers, setTrayOpen } from '../../stores/transfers-store.ts';
import { undoLast } from '../../stores/undo-store.ts';
import { chooseToUpload } from '../../stores/upload-actions.ts';
import { openDetails, openPage, openProject, selectAvatar, setLayout } from '../../stores/view-store.ts';
import { setWatchFormOpen } from '../../stores/watch-folders-store.ts';

export interface Command {
  readonly id: string;
  readonly name: string;
  /** What it belongs to, or more words to find it by. */
  readonly detail?: string;
  readonly keys?: string;
  run(): void;
}

export interface CommandGroup {
  readonly id: string;
  readonly name: string;
  readonly commands: readonly Command[];
}

const actions: readonly Command[] = [
  { id: 'upload', name: 'Upload files', keys: 'U', run: () => chooseToUpload('files') },
  { id: 'upload-folder', name: 'Upload a folder', run: () => chooseToUpload('folder') },
  { id: 'make-live', name: 'Make the selection live', keys: 'A', run: activateSelection },
  {
    id: 'compare',
    name: 'Compare the selection',
    detail: 'with what is live',
    keys: 'C',
    run: () => compareSelection('default'),
  },
  {
    id: 'compare-previous',
    name: 'Compare the selection with its previous version',
    run: () => compareSelection('previous'),
  },
  { id: 'preview', name: 'Preview the selection', detail: 'alive, in 3D', keys: 'Space', run: previewSelection },
  { id: 'versions', name: 'Show versions', keys: 'V', run: () => openDetails('versions') },
  { id: 'findings', name: 'Show findings', run: () => openDetails('findings') },
  { id: 'download', name: 'Download the selection', run: downloadSelection },
  { id: 'trash', name: 'Move the selection to the trash', keys: 'Delete', run: moveSelectionToTrash },
  { id: 'pin', name: 'Keep this project offline', detail: 'or not any more', run: togglePinOfOpenProject },
  { id: 'watch', name: 'Watch a folder for this project', run: () => setWatchFormOpen(true) },
  { id: 'pause', name: 'Pause all transfers', run: () => start(pauseAllTransfers()) },
  { id: 'resume', name: 'Resume all transfers', run: () => start(resumeAllTransfers()) },
  { id: 'undo', name: 'Undo', keys: 'Ctrl Z', run: undoLast },
  { id: 'search', name: 'Search avatars', keys: 'Ctrl F', run: focusSearch },
];

const windowCommands: readonly Command[] = [
  { id: 'sync', name: 'Sync now', run: () => start(refreshLibrary()) },
  { id: 'settings', name: 'Settings', detail: 'of this machine: upload speed', run: () => setSettingsOpen(true) },
  { id: 'tray', name: 'Show transfers', detail: 'and changes that wait', run: () => setTrayOpen(true) },
  { id: 'grid', name: 'Cards as a grid', run: () => setLayout('grid') },
  { id: 'list', name: 'Cards as a list', run: () => setLayout('list') },
  { id: 'light', name: 'Light theme', run: () => setTheme('light') },
  { id: 'dark', name: 'Dark theme', run: () => setTheme('dark') },
  { id: 'system', name: 'System theme', run: () => setTheme('system') },
  { id: 'sign-out', name: 'Sign out', run: () => start(signOut()) },
];

/** Keys without a command of their own, so that the palette is the whole list. */
const keys: readonly Command[] = [
  { id: 'key-arrows', name: 'Move between cards', keys: 'Arrow keys', run: focusCards },
  { id: 'key-enter', name: 'Open in the inspector', keys: 'Enter', run: () => openDetails() },
  { id: 'key-palette', name: 'This list', keys: 'Ctrl K', run: () => undefined },
  { id: 'key-escape', name: 'Close what floats', keys: 'Esc', run: () => undefined },
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
    { id: 'page-trash', name: 'Trash', run: () => openPage({ kind: 'trash' }) },
    ...(user.role === 'admin' ? [{ id: 'page-audit', name: 'Audit', run: () => openPage({ kind: 'audit' }) }] : []),
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

export interface PaletteContent {
  readonly projects: readonly ProjectView[];
  readonly avatars: readonly AvatarView[];
  readonly user: SignedInUser;
}

export function commandGroups({ projects, avatars, user }: PaletteContent): CommandGroup[] {
  return [
    { id: 'actions', name: 'Do', commands: actions },
    { id: 'pages', name: 'Go to', commands: pages(projects, user) },
    { id: 'avatars', name: 'Avatars here', commands: avatarCommands(avatars) },
    { id: 'window', name: 'Window', commands: windowCommands },
    { id: 'keys', name: 'Keys', commands: keys },
  ].filter((group) => group.commands.length > 0);
}
