import { useMemo } from 'react';
import { create } from 'zustand';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { useSession } from '../account/session-store.ts';
import { readText, writePreference } from '../settings/preferences.ts';
import { openFirstProject, openProjectUuid, type Page, useView } from '../view/view-store.ts';
import { effectiveCustomer, ofCustomer } from './customer-rules.ts';
import { useLibrary } from './library-store.ts';

/** The customer whose projects are shown; null: all. Use `useChosenCustomer`, which also checks that it still exists. */
const useChoice = create<{ readonly uuid: string | null }>(() => ({ uuid: null }));

const NO_PROJECTS: readonly ProjectView[] = [];
/** Stands for all customers where the choice is stored. */
const ALL = '';

/** Every account on this computer has its own choice. */
function preferenceOf(userUuid: string): string {
  return `customer.${userUuid}`;
}

export function useChosenCustomer(): string | null {
  const customers = useLibrary((state) => state.customers);
  return useChoice(({ uuid }) => effectiveCustomer(customers, uuid));
}

/** The projects of the chosen customer; null while they are loading. */
export function useShownProjects(): readonly ProjectView[] | null {
  const projects = useLibrary((state) => state.projects);
  const customerUuid = useChosenCustomer();
  return useMemo(() => projects && ofCustomer(projects, customerUuid), [projects, customerUuid]);
}

/** Like `useShownProjects`, outside of components. */
export function currentShownProjects(): readonly ProjectView[] {
  const { projects, customers } = useLibrary.getState();
  return ofCustomer(projects ?? NO_PROJECTS, effectiveCustomer(customers, useChoice.getState().uuid));
}

/** Shows one customer's projects, or all if it is null. Leaves the page of another customer's project. */
export function chooseCustomer(uuid: string | null): void {
  remember(uuid);
  const open = openProjectUuid(useView.getState());
  const shown = currentShownProjects().map((project) => project.uuid);
  if (useView.getState().page === null || (open !== null && !shown.includes(open))) openFirstProject(shown);
}

/** The sidebar always shows the open project: opening one of another customer switches to it. */
export function followPage(page: Page | null): void {
  const { projects, customers } = useLibrary.getState();
  const chosen = effectiveCustomer(customers, useChoice.getState().uuid);
  const open = projects?.find(({ uuid }) => page?.kind === 'project' && uuid === page.projectUuid);
  if (chosen !== null && open !== undefined && open.customerUuid !== chosen) remember(open.customerUuid);
}

/** After signing in: the choice of this account. */
export function recallCustomer(userUuid: string | null): void {
  const stored = userUuid === null ? null : readText(preferenceOf(userUuid));
  useChoice.setState({ uuid: stored === ALL ? null : stored });
}

function remember(uuid: string | null): void {
  useChoice.setState({ uuid });
  const user = useSession.getState().session?.user;
  if (user) writePreference(preferenceOf(user.uuid), uuid ?? ALL);
}
