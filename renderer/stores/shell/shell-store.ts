import { create } from 'zustand';
import type { EventPayload, WindowControls } from '../../../shared/contract/bridge.ts';
import { getBridge, getShellLink } from '../../bridge/bridge.ts';
import type { ShellLink } from '../../bridge/shell-link.ts';
import { showBug } from '../notices/notices.ts';

interface ShellSlice {
  readonly link: ShellLink;
  /** The window; false where the system draws its buttons. */
  readonly isMaximized: boolean;
}

export const useShell = create<ShellSlice>(() => ({ link: 'connected', isMaximized: false }));

/**
 * `onReturn` runs when the link to the shell is restored, because events were missed in the
 * meantime.
 */
export function followShell(onReturn: () => void): void {
  const source = getShellLink();
  let wasConnected = false;
  const follow = (link: ShellLink): void => {
    useShell.setState({ link });
    if (link !== 'connected') return;
    if (wasConnected) onReturn();
    wasConnected = true;
  };
  follow(source.current());
  source.subscribe(follow);
}

/** The state that the window was opened in; changes are events. */
export function readWindowState(): void {
  try {
    useShell.setState({ isMaximized: windowControls()?.isMaximized() ?? false });
  } catch (error) {
    // Nothing of the page may depend on the buttons of its window.
    showBug(error);
  }
}

export function applyWindowState({ isMaximized }: EventPayload<'window.changed'>): void {
  useShell.setState({ isMaximized });
}

export function windowControls(): WindowControls | null {
  return getBridge().windowControls;
}
