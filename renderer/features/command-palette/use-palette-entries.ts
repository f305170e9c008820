import { useEffect, useMemo, useState } from 'react';
import type { AvatarEntry, ProjectView } from '../../../shared/contract/library.ts';
import type { CustomerView } from '../../../shared/contract/projects.ts';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import { useOfflineReason, useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { whyNotComparable } from '../../stores/comparison/comparison-actions.ts';
import { useDrafts } from '../../stores/drafts/drafts-store.ts';
import { useShownProjects } from '../../stores/library/customer-choice.ts';
import { readAvatarEntries } from '../../stores/library/library-actions.ts';
import { useLibrary } from '../../stores/library/library-store.ts';
import { start } from '../../stores/notices/notices.ts';
import { hasUndo } from '../../stores/outbox/undo-store.ts';
import { useShortcuts } from '../../stores/settings/shortcuts-store.ts';
import { useTheme } from '../../stores/settings/theme-store.ts';
import { useTransfers } from '../../stores/transfers/transfers-store.ts';
import { useOpenProject, useSelection } from '../../stores/view/selection.ts';
import { useView } from '../../stores/view/view-store.ts';
import type { PaletteContext } from './palette-context.ts';
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts';
import { paletteGroups, searchedEntries } from './palette-groups.ts';
import { indexEntries, rankEntries } from './rank-entries.ts';

const NO_AVATARS: readonly AvatarEntry[] = [];
const NO_CUSTOMERS: readonly CustomerView[] = [];
const NO_PROJECTS: readonly ProjectView[] = [];

/** Read when the palette opens: most of its avatars are on no page. */
function useAvatarEntries(): readonly AvatarEntry[] {
  const [avatars, setAvatars] = useState(NO_AVATARS);
  const projects = useLibrary((state) => state.projects);
  useEffect(() => {
    // Again after every change of the library, as long as the palette is open.
    if (projects) start(readAvatarEntries().then(setAvatars));
  }, [projects]);
  return avatars;
}

function usePaletteContext(user: SignedInUser): PaletteContext {
  const projects = useShownProjects() ?? NO_PROJECTS;
  const customers = useLibrary((state) => state.customers) ?? NO_CUSTOMERS;
  const avatars = useAvatarEntries();
  const openProject = useOpenProject();
  const selection = useSelection();
  const bindings = useShortcuts((state) => state.bindings);
  const mayChange = useReadOnlyReason() === null;
  const isOnline = useOfflineReason() === null;
  const theme = useTheme((state) => state.theme);
  const layout = useView((state) => state.layout);
  const hasDraft = useDrafts(({ drafts }) => selection !== null && selection.avatar.avatarUuid in drafts);
  const canPause = useTransfers(({ transfers }) => transfers.some((transfer) => transfer.canPause));
  const canResume = useTransfers(({ transfers }) => transfers.some((transfer) => transfer.state === 'paused'));
  return useMemo(
    () => ({
      user,
      customers,
      projects,
      openProject,
      selection: openProject ? selection : null,
      avatars,
      bindings,
      mayChange: mayChange && openProject !== null,
      isOnline,
      canCompare: {
        active: selection !== null && whyNotComparable(selection.version, 'active') === null,
        previous: selection !== null && whyNotComparable(selection.version, 'previous') === null,
      },
      hasDraft,
      canUndo: hasUndo(),
      canPause,
      canResume,
      theme,
      layout,
    }),
    [
      user,
      customers,
      projects,
      openProject,
      selection,
      avatars,
      bindings,
      mayChange,
      isOnline,
      hasDraft,
      canPause,
      canResume,
      theme,
      layout,
    ],
  );
}

interface PaletteEntries {
  /** Before anything is typed. */
  readonly groups: readonly PaletteGroup[];
  /** What the query finds, the best first. */
  readonly found: readonly PaletteEntry[];
}

export function usePaletteEntries(user: SignedInUser, query: string): PaletteEntries {
  const context = usePaletteContext(user);
  const groups = useMemo(() => paletteGroups(context), [context]);
  const index = useMemo(() => indexEntries(searchedEntries(context, groups)), [context, groups]);
  const found = useMemo(() => rankEntries(index, query), [index, query]);
  return { groups, found };
}
