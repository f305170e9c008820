import { parseArgs } from 'node:util';

export interface StartOptions {
  /** `auto`: Electron if it is available and there is a display, otherwise the browser. */
  readonly shell: 'auto' | 'electron' | 'browser';
  readonly open: boolean;
}

const USAGE = 'Usage: npm start [-- --shell=electron|browser] [--no-open]';

/** Reads the command line of `npm start`. Returns an error message if it is not valid. */
export function readStartOptions(args: readonly string[]): StartOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { shell: { type: 'string', default: 'auto' }, open: { type: 'boolean', default: true } },
      allowNegative: true,
    });
    const { shell, open } = values;
    return shell === 'auto' || shell === 'electron' || shell === 'browser' ? { shell, open } : USAGE;
  } catch {
    return USAGE;
  }
}
