import { create } from 'zustand';
import type { InputOf } from '../../shared/contract/bridge.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { WatchFolder } from '../../shared/contract/watch-folders.ts';
import { getBridge } from '../bridge/bridge.ts';
import { announce } from './announcements.ts';
import { projectStatusTexts } from './project-status-texts.en.ts';

interface WatchFoldersSlice {
  readonly folders: readonly WatchFolder[];
  /** The form of the open project's folder is shown. */
  readonly isFormOpen: boolean;
}

const NOTHING: WatchFoldersSlice = { folders: [], isFormOpen: false };

export const useWatchFolders = create<WatchFoldersSlice>(() => NOTHING);

export function useWatchFolder(projectUuid: string): WatchFolder | null {
  return useWatchFolders((state) => state.folders.find((folder) => folder.projectUuid === projectUuid) ?? null);
}

export function applyWatchFolders(folders: readonly WatchFolder[]): void {
  useWatchFolders.setState({ folders });
}

export async function loadWatchFolders(): Promise<void> {
  applyWatchFolders(await getBridge().watchFolders.list());
}

export function setWatchFormOpen(isFormOpen: boolean): void {
  useWatchFolders.setState({ isFormOpen });
}

/** Null: it is watched from now on. */
export async function watchFolder(choice: InputOf<'watchFolders.set'>): Promise<Failure | null> {
  const outcome = await getBridge().watchFolders.set(choice);
  if (!outcome.ok) return outcome.failure;
  announce(projectStatusTexts.nowWatching(outcome.value.path));
  return null;
}

export async function stopWatching(projectUuid: string): Promise<void> {
  await getBridge().watchFolders.remove({ projectUuid });
  announce(projectStatusTexts.stoppedWatching);
}

/** The system's own dialog; null: nothing was chosen, or there is no such dialog here. */
export async function chooseWatchFolder(): Promise<string | null> {
  return (await getBridge().watchFolders.choose()).path;
}

/** In a browser there is no dialog for folders of this machine: the path is typed. */
export function canChooseFolder(): boolean {
  return getBridge().shell === 'electron';
}

export function forgetWatchFolders(): void {
  useWatchFolders.setState(NOTHING);
}
