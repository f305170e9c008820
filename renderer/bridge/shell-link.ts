/**
 * Whether the process behind the window responds. In Electron it always does while the window is
 * open.
 */
export type ShellLink = 'connected' | 'connecting' | 'lost';

export interface ShellLinkSource {
  current(): ShellLink;
  /** Called on every change; a change to 'connected' after 'lost' means that events were missed. */
  subscribe(listener: (link: ShellLink) => void): () => void;
}

export const alwaysConnected: ShellLinkSource = {
  current: () => 'connected',
  subscribe: () => () => undefined,
};

export interface ShellLinkControl extends ShellLinkSource {
  set(link: ShellLink): void;
}

export function createShellLink(initial: ShellLink): ShellLinkControl {
  let link = initial;
  const listeners = new Set<(link: ShellLink) => void>();
  return {
    current: () => link,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(next) {
      if (next === link) return;
      link = next;
      for (const listener of listeners) listener(next);
    },
  };
}
