import { create } from 'zustand';
import type { ProjectStorageView } from '../../../shared/contract/projects.ts';
import { SECOND_MS } from '../../../shared/lib/durations.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { start } from '../notices/notices.ts';

interface StorageSlice {
  /** What the server said last; absent until it did. */
  readonly byProject: Readonly<Record<string, ProjectStorageView>>;
}

const EMPTY: StorageSlice = { byProject: {} };

export const useStorage = create<StorageSlice>(() => EMPTY);

/** A library that changes several times a second must not ask as often. */
const LOAD_INTERVAL_MS = 5 * SECOND_MS;

/** When each project was asked about, by `performance.now()`. */
const askedAt = new Map<string, number>();
const planned = new Map<string, ReturnType<typeof setTimeout>>();

/**
 * Asks the server how full the project is: now, or soon if that was a moment ago. Without a server
 * the last answer stays.
 */
export function refreshStorage(projectUuid: string): void {
  if (planned.has(projectUuid)) return;
  const waitMs = (askedAt.get(projectUuid) ?? Number.NEGATIVE_INFINITY) + LOAD_INTERVAL_MS - performance.now();
  if (waitMs <= 0) start(load(projectUuid));
  else
    planned.set(
      projectUuid,
      setTimeout(() => start(load(projectUuid)), waitMs),
    );
}

async function load(projectUuid: string): Promise<void> {
  planned.delete(projectUuid);
  askedAt.set(projectUuid, performance.now());
  const storage = await getBridge().projects.storage({ projectUuid });
  // After signing out nothing of the last user is shown.
  if (!storage.ok || !askedAt.has(projectUuid)) return;
  const { value } = storage;
  useStorage.setState(({ byProject }) => ({ byProject: { ...byProject, [projectUuid]: value } }));
}

/** After sign-out. */
export function forgetStorage(): void {
  for (const timer of planned.values()) clearTimeout(timer);
  planned.clear();
  askedAt.clear();
  useStorage.setState(EMPTY, true);
}
