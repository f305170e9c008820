import { randomUUID } from 'node:crypto';

/** More folders than a person chooses before one of them is watched; the oldest is forgotten. */
const MAX_CHOSEN = 16;

export interface ChosenFolder {
  readonly handle: string;
  readonly path: string;
}

export interface ChosenFolders {
  /** The folder counts as chosen once `isConfirmed` has resolved to true. */
  add(path: string, isConfirmed?: Promise<boolean>): ChosenFolder;
  /** Null if no person has chosen it in this run, or not yet. */
  pathOf(handle: string): string | null;
  /** Waits for the person's decision; false for an unknown handle. */
  isConfirmed(handle: string): Promise<boolean>;
}

interface Entry {
  readonly path: string;
  readonly decision: Promise<boolean>;
  isChosen: boolean;
}

/**
 * Threat: script in the page names any folder to be watched, and so has its files uploaded; on
 * Windows a share of another computer, which would be sent the user's credentials. The page gets a
 * handle of a folder that a person has chosen outside the page, and only that can be watched.
 */
export function createChosenFolders(): ChosenFolders {
  const entries = new Map<string, Entry>();
  return {
    add(path, isConfirmed = Promise.resolve(true)) {
      const handle = randomUUID();
      const entry: Entry = { path, isChosen: false, decision: isConfirmed };
      const decide = async () => {
        entry.isChosen = await isConfirmed;
      };
      void decide();
      entries.set(handle, entry);
      const [oldest] = entries.keys();
      if (entries.size > MAX_CHOSEN && oldest !== undefined) entries.delete(oldest);
      return { handle, path };
    },
    pathOf(handle) {
      const entry = entries.get(handle);
      return entry?.isChosen ? entry.path : null;
    },
    isConfirmed: async (handle) => (await entries.get(handle)?.decision) ?? false,
  };
}
