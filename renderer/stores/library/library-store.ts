import { create } from 'zustand';
import type { OutputOf } from '../../../shared/contract/bridge.ts';
import type { AvatarView, ProjectView } from '../../../shared/contract/library.ts';
import type { CustomerView, TrashedProjectView } from '../../../shared/contract/projects.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { latestOnly } from '../latest-only.ts';

interface LibrarySlice {
  /** Null: not read yet. */
  readonly projects: readonly ProjectView[] | null;
  /** Null: not read yet. A customer may have no projects. */
  readonly customers: readonly CustomerView[] | null;
  readonly avatarsByProject: Readonly<Record<string, readonly AvatarView[]>>;
  readonly trash: readonly AvatarView[] | null;
  readonly trashedProjects: readonly TrashedProjectView[] | null;
}

const EMPTY: LibrarySlice = {
  projects: null,
  customers: null,
  avatarsByProject: {},
  trash: null,
  trashedProjects: null,
};

export const useLibrary = create<LibrarySlice>(() => EMPTY);

const readProjects = latestOnly(() => getBridge().library.projects());
const readCustomers = latestOnly(() => getBridge().projects.customers());
const readTrashedProjects = latestOnly(() => getBridge().projects.trashed());
const readTrash = latestOnly(() => getBridge().library.trash());
const readAvatars = new Map<string, () => Promise<OutputOf<'library.avatars'> | null>>();

/** With their customers, in one step, because both decide what is shown. */
export async function loadProjects(): Promise<void> {
  const [projects, customers] = await Promise.all([readProjects(), readCustomers()]);
  useLibrary.setState({
    ...(customers?.ok && { customers: customers.value }),
    ...(projects?.ok && { projects: projects.value }),
  });
}

export async function loadTrash(): Promise<void> {
  const [trash, projects] = await Promise.all([readTrash(), readTrashedProjects()]);
  useLibrary.setState({
    ...(trash?.ok && { trash: trash.value }),
    ...(projects?.ok && { trashedProjects: projects.value }),
  });
}

export async function loadAvatars(projectUuid: string): Promise<void> {
  const read = readAvatars.get(projectUuid) ?? latestOnly(() => getBridge().library.avatars({ projectUuid }));
  readAvatars.set(projectUuid, read);
  const avatars = await read();
  if (!avatars?.ok) return;
  const { value } = avatars;
  useLibrary.setState((state) => ({ avatarsByProject: { ...state.avatarsByProject, [projectUuid]: value } }));
}

/**
 * Reloads the projects that were loaded before; an empty list means that everything may have
 * changed.
 */
export async function reloadLibrary(projectUuids: readonly string[]): Promise<void> {
  const { avatarsByProject, trash } = useLibrary.getState();
  const loaded = Object.keys(avatarsByProject);
  const changed = projectUuids.length === 0 ? loaded : loaded.filter((uuid) => projectUuids.includes(uuid));
  await Promise.all([loadProjects(), ...changed.map(loadAvatars), ...(trash ? [loadTrash()] : [])]);
}

/** After sign-out: nothing of the last user stays on the screen. */
export function forgetLibrary(): void {
  readAvatars.clear();
  useLibrary.setState(EMPTY);
}
