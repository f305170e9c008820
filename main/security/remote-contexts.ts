import type { EventEmitter } from 'node:events';

export type Contents = Pick<EventEmitter, 'listeners' | 'removeListener'>;

/** @electron/remote waits for it to learn that the process of a page has ended. */
const DELETION_EVENT = 'render-view-deleted';

export interface RemoteContexts {
  /**
   * Runs work that hands out an object to a document, and releases every earlier document: the
   * window shows one at a time.
   */
  handOut(contents: Contents, contextId: string, work: () => void): void;
  /** The document is gone. */
  release(contextId: string): void;
}

/**
 * Threat: a page that is loaded again and again. For each document that was given an object,
 * @electron/remote adds a listener to the window's contents, and removes it only when the process
 * of the page ends. `forget` releases the objects of one document there.
 */
export function createRemoteContexts(forget: (contents: Contents, contextId: string) => void): RemoteContexts {
  const removers = new Map<string, () => void>();
  const release = (contextId: string) => {
    removers.get(contextId)?.();
    removers.delete(contextId);
  };
  return {
    release,
    handOut(contents, contextId, work) {
      for (const earlier of [...removers.keys()].filter((one) => one !== contextId)) {
        forget(contents, earlier);
        release(earlier);
      }
      const before = new Set(contents.listeners(DELETION_EVENT));
      work();
      const added = contents.listeners(DELETION_EVENT).filter((listener) => !before.has(listener));
      if (added.length === 0) return;
      removers.set(contextId, () => {
        for (const listener of added) contents.removeListener(DELETION_EVENT, listener as () => void);
      });
    },
  };
}
