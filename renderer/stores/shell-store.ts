import { create } from 'zustand';
import type { WindowControls } from '../../shared/contract/bridge.ts';
import { getBridge, getShellLink } from '../bridge/bridge.ts';
import type { ShellLink } from '../bridge/shell-link.ts';

export const useShell = create<{ readonly link: ShellLink }>(() => ({ link: 'connected' }));

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

export function windowControls(): WindowControls | null {
  return getBridge().windowControls;
}
