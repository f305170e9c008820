import { create } from 'zustand';
import type { OutputOf } from '../../shared/contract/bridge.ts';
import type { AvatarView, ProjectView } from '../../shared/contract/library.ts';
import { getBridge } from '../bridge/bridge.ts';
import { latestOnly } from './latest-only.ts';

interface LibrarySlice {
  /** Null: not read yet. */
  readonly projects: readonly ProjectView[] | null;
  readonly avatarsByProject: Readonly<Record<string, readonly AvatarView[]>>;
  readonly trash: readonly AvatarView[] | null;
}

const EMPTY: LibrarySlice = { projects: null, avatarsByProject: {}, trash: null };

export const useLibrary = create<LibrarySlice>(() => EMPTY);

const readProjects = latestOnly(() => getBridge().library.projects());
const readTrash = latestOnly(() => getBridge().library.trash());
const readAvatars = new Map<string, () => Promise<OutputOf<'library.avatars'> | null>>();

export async function loadProjects(): Promise<void> {
  const projects = await readProjects();
  if (projects?.ok) useLibrary.setState({ projects: projects.value });
}

export async function loadTrash(): Promise<void> {
  const trash = await readTrash();
  if (trash?.ok) useLibrary.setState({ trash: trash.value });
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
