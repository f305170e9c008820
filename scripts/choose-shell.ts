import { fetchElectron } from './fetch-electron.ts';
import { hasDisplay } from './open-in-browser.ts';
import type { StartOptions } from './start-options.ts';

export type ChosenShell =
  | { readonly kind: 'electron'; readonly program: string }
  | { readonly kind: 'browser'; readonly note: string | null }
  | { readonly kind: 'none'; readonly why: string };

/**
 * Decides which shell to open, and downloads Electron if needed. A shell that the user asked for is
 * never replaced by another.
 */
export async function chooseShell(options: StartOptions, stateDir: string): Promise<ChosenShell> {
  if (options.shell === 'browser') return { kind: 'browser', note: null };
  const isForced = options.shell === 'electron';
  if (!hasDisplay()) {
    const why = 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
    return isForced ? { kind: 'none', why } : { kind: 'browser', note: `Using the browser shell: ${why}.` };
  }
  const fetched = await fetchElectron({ stateDir, evenIfFailed: isForced });
  if (fetched.program !== null) return { kind: 'electron', program: fetched.program };
  const why = `Electron's program could not be fetched (${fetched.reason})`;
  return isForced ? { kind: 'none', why } : { kind: 'browser', note: `${why}; opening the browser shell instead.` };
}
