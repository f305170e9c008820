import { useLibrary } from './library-store.ts';
import { offlineReason, type PlaceOfProject, readOnlyReason } from './permission-rules.ts';
import { useSession } from './session-store.ts';
import { useView } from './view-store.ts';

/** The project whose page is open; null on other pages. */
function useOpenProject(): PlaceOfProject | null {
  const page = useView((state) => state.page);
  const projects = useLibrary((state) => state.projects);
  if (page?.kind !== 'project') return null;
  return projects?.find(({ uuid }) => uuid === page.projectUuid) ?? null;
}

/** Why this user may not change anything on the open page; null if changes are allowed. */
export function useReadOnlyReason(): string | null {
  const project = useOpenProject();
  return useSession((state) => readOnlyReason(state.session, project));
}

/** Like `useReadOnlyReason`, outside of components. */
export function currentReadOnlyReason(): string | null {
  const { page } = useView.getState();
  const open = page?.kind === 'project' ? page.projectUuid : null;
  const project = useLibrary.getState().projects?.find(({ uuid }) => uuid === open) ?? null;
  return readOnlyReason(useSession.getState().session, project);
}

export function useOfflineReason(): string | null {
  return useSession((state) => offlineReason(state.session));
}
