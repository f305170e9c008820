import { create } from 'zustand';
import type { OutputOf } from '../../../shared/contract/bridge.ts';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { announce } from '../notices/announcements.ts';
import { showFailure } from '../notices/notices.ts';
import { offerUndo } from '../outbox/undo-store.ts';
import { openProject } from '../view/view-store.ts';
import { loadProjects } from './library-store.ts';
import { projectActionTexts } from './project-texts.en.ts';

/** What a project's name is being typed for. */
export type NameForm =
  | { readonly kind: 'create'; readonly customerUuid: string }
  | { readonly kind: 'rename'; readonly projectUuid: string };

interface ProjectActionsSlice {
  readonly form: NameForm | null;
  /** The project with a live avatar whose deletion has to be confirmed. */
  readonly asked: ProjectView | null;
}

export const useProjectActions = create<ProjectActionsSlice>(() => ({ form: null, asked: null }));

export function openNameForm(form: NameForm): void {
  useProjectActions.setState({ form });
}

export function closeNameForm(): void {
  useProjectActions.setState({ form: null });
}

/** Creates or renames the project that the form is about. The form stays open if that fails. */
export async function submitName(form: NameForm, name: string): Promise<OutputOf<'projects.rename'>> {
  const outcome = form.kind === 'create' ? await createProject(form.customerUuid, name) : await rename(form, name);
  if (outcome.ok) closeNameForm();
  return outcome.ok ? { ok: true, value: null } : outcome;
}

async function createProject(customerUuid: string, name: string): Promise<OutputOf<'projects.create'>> {
  const outcome = await getBridge().projects.create({ customerUuid, name });
  if (!outcome.ok) return outcome;
  await loadProjects();
  openProject(outcome.value.projectUuid);
  announce(projectActionTexts.created(name));
  return outcome;
}

async function rename(
  { projectUuid }: { readonly projectUuid: string },
  name: string,
): Promise<OutputOf<'projects.rename'>> {
  const outcome = await getBridge().projects.rename({ projectUuid, name });
  if (outcome.ok) announce(projectActionTexts.renamed(name));
  return outcome;
}

/** Asks first if something is live in the project. */
export async function trashProject(project: ProjectView): Promise<void> {
  if (project.active) useProjectActions.setState({ asked: project });
  else await trashProjectNow(project);
}

export function cancelProjectDeletion(): void {
  useProjectActions.setState({ asked: null });
}

export async function trashProjectNow({ uuid, name }: ProjectView): Promise<void> {
  cancelProjectDeletion();
  const outcome = await getBridge().projects.moveToTrash({ projectUuid: uuid });
  if (outcome.ok) offerUndo(projectActionTexts.moved(name), () => restoreProject({ uuid, name }));
  else showFailure(outcome.failure);
}

export async function restoreProject({ uuid, name }: Pick<ProjectView, 'uuid' | 'name'>): Promise<void> {
  const outcome = await getBridge().projects.restore({ projectUuid: uuid });
  if (outcome.ok) announce(projectActionTexts.restored(name));
  else showFailure(outcome.failure);
}

/** After sign-out: no question of the last user stays open. */
export function forgetProjectActions(): void {
  useProjectActions.setState({ form: null, asked: null });
}
