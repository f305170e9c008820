import { copyText } from '../../components/copy-text.ts';
import { focusSearch } from '../../components/focus-search.ts';
import { mayManageProjects } from '../../stores/account/permission-rules.ts';
import { togglePinOfOpenProject } from '../../stores/library/library-actions.ts';
import { openNameForm, trashProject } from '../../stores/library/project-actions.ts';
import { setWatchFormOpen } from '../../stores/library/watch-folders-store.ts';
import { start } from '../../stores/notices/notices.ts';
import { chooseToUpload } from '../../stores/uploads/upload-actions.ts';
import { copyLink } from '../../stores/view/open-link.ts';
import type { PaletteContext } from './palette-context.ts';
import { entryIf, type KeysOf, type PaletteEntry } from './palette-entry.ts';
import { paletteTexts as texts } from './texts.en.ts';

/** What can be done in the open project. */
export function projectEntries(context: PaletteContext, keys: KeysOf): PaletteEntry[] {
  const { openProject: open, mayChange } = context;
  if (!open) return [];
  return [
    ...entryIf(mayChange, {
      id: 'upload',
      name: texts.uploadFiles,
      words: texts.uploadWords,
      keys: keys('upload'),
      run: () => chooseToUpload('files'),
    }),
    ...entryIf(mayChange, {
      id: 'upload-folder',
      name: texts.uploadFolder,
      words: texts.uploadWords,
      run: () => chooseToUpload('folder'),
    }),
    { id: 'search', name: texts.searchAvatars, words: texts.searchWords, keys: keys('search'), run: focusSearch },
    {
      id: 'pin',
      name: open.pin === null ? texts.keepOffline(open.name) : texts.stopKeepingOffline(open.name),
      words: texts.keepOfflineWords,
      run: togglePinOfOpenProject,
    },
    ...entryIf(mayChange, { id: 'watch', name: texts.watchFolder(open.name), run: () => setWatchFormOpen(true) }),
    {
      id: 'copy-project-link',
      name: texts.copyLink(open.name),
      words: texts.linkWords,
      run: () => start(copyLink({ projectUuid: open.uuid, avatarUuid: null }, copyText)),
    },
  ];
}

/** Creating, renaming and deleting projects: it needs the server, and a manager. */
export function managingEntries({ openProject: open, customers, user, isOnline }: PaletteContext): PaletteEntry[] {
  if (!isOnline) return [];
  const managed = customers.filter(({ uuid }) => mayManageProjects(user, uuid));
  const creating = managed.map(({ uuid, name }) => ({
    id: `new-project-${uuid}`,
    name: texts.newProject,
    detail: name,
    words: texts.newProjectWords,
    run: () => openNameForm({ kind: 'create', customerUuid: uuid }),
  }));
  if (open === null || !mayManageProjects(user, open.customerUuid)) return creating;
  return [
    ...creating,
    {
      id: 'rename-project',
      name: texts.renameProject(open.name),
      run: () => openNameForm({ kind: 'rename', projectUuid: open.uuid }),
    },
    {
      id: 'trash-project',
      name: texts.moveToTrash(open.name),
      words: texts.deleteProjectWords,
      isDestructive: true,
      run: () => start(trashProject(open)),
    },
  ];
}
