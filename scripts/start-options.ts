import { parseArgs } from 'node:util';

export interface StartOptions {
  /** `auto`: Electron if it is available and there is a display, otherwise the browser. */
  readonly shell: 'auto' | 'electron' | 'browser';
  readonly open: boolean;
  /** The address of a server that is used instead of starting the demo; null for the demo. */
  readonly server: string | null;
  /** Files and links to open; paths are relative to where npm was started. */
  readonly names: readonly string[];
}

const USAGE = 'Usage: npm start [-- --shell=electron|browser] [--no-open] [--server=ADDRESS] [FILE|LINK ...]';

/** Reads the command line of `npm start`. Returns an error message if it is not valid. */
export function readStartOptions(args: readonly string[]): StartOptions | string {
  try {
    const { values, positionals: names } = parseArgs({
      args: [...args],
      options: {
        shell: { type: 'string', default: 'auto' },
        open: { type: 'boolean', default: true },
        server: { type: 'string' },
      },
      allowNegative: true,
      allowPositionals: true,
    });
    const { shell, open, server = null } = values;
    if (!names.every((name) => /^gabinet:|\.gab$/i.test(name))) return USAGE;
    if (server !== null && !/^https?:$/.test(new URL(server).protocol)) return USAGE;
    return shell === 'auto' || shell === 'electron' || shell === 'browser' ? { shell, open, server, names } : USAGE;
  } catch {
    return USAGE;
  }
}
