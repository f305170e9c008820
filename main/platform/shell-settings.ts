import { SECOND_MS } from '../../shared/lib/durations.ts';

const DEFAULT_SERVER_URL = 'http://127.0.0.1:4610';
const DEFAULT_POLL_MS = 5 * SECOND_MS;
/** More frequent polling would only burden the server. Only tests poll this often. */
const MIN_POLL_MS = 50;

/** What both shells read from the environment; null means that the shell uses its default. */
export interface ShellSettings {
  readonly userDataDir: string | null;
  readonly downloadsDir: string | null;
  readonly defaultServerUrl: string;
  readonly pollIntervalMs: number;
  /** Browser shell only; 0 chooses a free port. */
  readonly port: number;
}

/** Reads the shells' settings. Throws an error that names the variable if a value is invalid. */
export function readShellSettings(environment: NodeJS.ProcessEnv): ShellSettings {
  return {
    userDataDir: environment.GABINET_USER_DATA || null,
    downloadsDir: environment.GABINET_DOWNLOADS || null,
    defaultServerUrl: serverUrlIn(environment),
    pollIntervalMs: integerIn(environment, 'GABINET_POLL_MS', { least: MIN_POLL_MS, otherwise: DEFAULT_POLL_MS }),
    port: integerIn(environment, 'GABINET_SHELL_PORT', { least: 0, most: 65_535, otherwise: 0 }),
  };
}

function serverUrlIn(environment: NodeJS.ProcessEnv): string {
  const text = environment.GABINET_SERVER_URL || DEFAULT_SERVER_URL;
  const protocol = URL.parse(text)?.protocol;
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new Error(`GABINET_SERVER_URL is not a web address: ${text}`);
  return text;
}

interface IntegerBounds {
  readonly least: number;
  readonly most?: number;
  readonly otherwise: number;
}

function integerIn(environment: NodeJS.ProcessEnv, name: string, bounds: IntegerBounds): number {
  const text = environment[name];
  if (text === undefined || text === '') return bounds.otherwise;
  const value = Number(text);
  const most = bounds.most ?? Number.MAX_SAFE_INTEGER;
  if (Number.isSafeInteger(value) && value >= bounds.least && value <= most) return value;
  throw new Error(`${name} must be a whole number from ${bounds.least} to ${most}, not ${JSON.stringify(text)}`);
}
