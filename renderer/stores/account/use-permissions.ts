import type { ProjectView } from '../../../shared/contract/library.ts';
import { useLibrary } from '../library/library-store.ts';
import { openProjectUuid, useView } from '../view/view-store.ts';
import { mayManageProjects, offlineReason, readOnlyReason, readOnlyReasonIn } from './permission-rules.ts';
import { useSession } from './session-store.ts';

const NO_PROJECTS: readonly ProjectView[] = [];

/**
 * Why this user may not change anything in the project; null if changes are allowed. Without a
 * project, the one whose page is open decides.
 */
export function useReadOnlyReason(projectUuid?: string): string | null {
  const open = useView(openProjectUuid);
  const wanted = projectUuid ?? open;
  const project = useLibrary((state) => state.projects?.find(({ uuid }) => uuid === wanted) ?? null);
  return useSession((state) => readOnlyReason(state.session, project));
}

/** The same for something that changes several projects: the first reason, if there is one. */
export function useReadOnlyReasonIn(projectUuids: readonly string[]): string | null {
  const projects = useLibrary((state) => state.projects) ?? NO_PROJECTS;
  return useSession((state) => readOnlyReasonIn(state.session, projects, projectUuids));
}

/** Like `useReadOnlyReason`, outside of components. */
export function currentReadOnlyReason(): string | null {
  const open = openProjectUuid(useView.getState());
  const project = useLibrary.getState().projects?.find(({ uuid }) => uuid === open) ?? null;
  return readOnlyReason(useSession.getState().session, project);
}

/** Whether the user may create, rename, trash and restore projects of this customer. */
export function useMayManageProjects(customerUuid: string): boolean {
  return useSession(({ session }) => session?.user != null && mayManageProjects(session.user, customerUuid));
}

export function useOfflineReason(): string | null {
  return useSession((state) => offlineReason(state.session));
}
