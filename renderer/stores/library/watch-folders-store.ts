import { create } from 'zustand';
import type { InputOf } from '../../../shared/contract/bridge.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { ChosenFolderView, WatchFolder } from '../../../shared/contract/watch-folders.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { announce } from '../notices/announcements.ts';
import { runCommand } from '../notices/notices.ts';
import { watchFolderTexts } from './watch-folder-texts.en.ts';

interface WatchFoldersSlice {
  readonly folders: readonly WatchFolder[];
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
  const folders = await getBridge().watchFolders.list();
  if (folders.ok) applyWatchFolders(folders.value);
}

/** Goes up whenever the form opens or closes. */
let formChanges = 0;

export function setWatchFormOpen(isFormOpen: boolean): void {
  formChanges += 1;
  useWatchFolders.setState({ isFormOpen });
}

/**
 * Returns whether the form that is open now still is. What a form waits for may come after it was
 * closed, and must then do nothing.
 */
export function trackWatchForm(): () => boolean {
  const before = formChanges;
  return () => formChanges === before;
}

/** Returns null if the folder is watched now. */
export async function watchFolder(choice: InputOf<'watchFolders.set'>): Promise<Failure | null> {
  const outcome = await getBridge().watchFolders.set(choice);
  if (!outcome.ok) return outcome.failure;
  announce(watchFolderTexts.nowWatching(outcome.value.path));
  return null;
}

export async function stopWatching(projectUuid: string): Promise<void> {
  const isDone = await runCommand(getBridge().watchFolders.remove({ projectUuid }));
  if (isDone) announce(watchFolderTexts.stoppedWatching);
}

/**
 * Opens the folder dialog of the system. Null if nothing was chosen or the shell has no such
 * dialog.
 */
export async function chooseWatchFolder(): Promise<ChosenFolderView | null> {
  return (await getBridge().watchFolders.choose()).folder;
}

/**
 * Announces a typed folder and asks for the user's confirmation on the shell's own page, which is
 * opened. `onAsked` gets its address, because the browser may block a page that no click has opened.
 * Returns the handle, or the failure: also if the user declined.
 */
export async function confirmTypedFolder(
  path: string,
  onAsked: (confirmUrl: string) => void,
): Promise<Result<string, Failure>> {
  const typed = await getBridge().watchFolders.type({ path });
  if (!typed.ok) return typed;
  const { handle, confirmUrl } = typed.value;
  onAsked(confirmUrl);
  window.open(confirmUrl, '_blank', 'noopener');
  const decision = await getBridge().watchFolders.isConfirmed({ handle });
  if (!decision.ok) return decision;
  return decision.value ? ok(handle) : fail({ code: 'folder_not_chosen' });
}

/** A browser has no dialog for folders, so the path has to be typed. */
export function canChooseFolder(): boolean {
  return getBridge().shell === 'electron';
}

export function forgetWatchFolders(): void {
  useWatchFolders.setState(NOTHING);
}
