import { join } from 'node:path';
import { nodeProgram, type ProcessPlan } from './managed-process.ts';

export const projectDir = join(import.meta.dirname, '..');
/**
 * The folder for everything that `npm start` stores; deleting it resets everything. Tests use
 * another one.
 */
export const stateDir = process.env.GABINET_STATE_DIR || join(projectDir, '.gabinet');

/**
 * For its owner alone. PostgreSQL refuses to run as root: there it has a separate account, which must be able to pass
 * through this folder (not to list it), or its data would be stored elsewhere. Private files inside have their own mode.
 */
export const stateDirMode = process.getuid?.() === 0 ? 0o711 : 0o700;

export function serverPlan(port: number): ProcessPlan {
  return {
    name: 'server',
    ...nodeProgram(join(projectDir, 'server', 'start.ts')),
    environment: { DEMO: '1', HOST: '127.0.0.1', PORT: String(port), DATA_DIR: join(stateDir, 'server') },
    logPath: join(stateDir, 'server.log'),
  };
}

/** `names`: files and links to open, as absolute paths. */
export function browserShellPlan(serverUrl: string, names: readonly string[]): ProcessPlan {
  const { command, args } = nodeProgram(join(projectDir, 'main', 'browser-shell.ts'));
  return {
    name: 'browser shell',
    command,
    args: [...args, ...names],
    environment: shellEnvironment(serverUrl, 'desktop-browser'),
    logPath: join(stateDir, 'browser-shell.log'),
  };
}

/** `names`: as for the browser shell. */
export function electronPlan(program: string, serverUrl: string, names: readonly string[]): ProcessPlan {
  // Chromium's sandbox does not work for root, which containers often use.
  const unsandboxed = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return {
    name: 'application',
    command: program,
    args: [...unsandboxed, projectDir, ...names],
    environment: shellEnvironment(serverUrl, 'desktop-electron'),
    logPath: join(stateDir, 'application.log'),
  };
}

/** Settings of the caller take precedence: tests and developers use them to redirect the shells. */
function shellEnvironment(serverUrl: string, folder: string): Record<string, string> {
  return {
    GABINET_USER_DATA: process.env.GABINET_USER_DATA || join(stateDir, folder),
    GABINET_SERVER_URL: process.env.GABINET_SERVER_URL || serverUrl,
  };
}
