import { homedir } from 'node:os';
import { join } from 'node:path';

export interface FolderFacts {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
}

const FOLDER_NAME = 'Gabinet';

export function folderFacts(): FolderFacts {
  return { platform: process.platform, environment: process.env, home: homedir() };
}

/**
 * Where applications keep their data on this system, for the shell without Electron. It differs
 * from Electron's folder, so that one local database never has two owners.
 */
export function browserShellDataDir({ platform, environment, home }: FolderFacts): string {
  const name = `${FOLDER_NAME} (browser)`;
  if (platform === 'win32') return join(environment.APPDATA || join(home, 'AppData', 'Roaming'), name);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', name);
  return join(environment.XDG_CONFIG_HOME || join(home, '.config'), name);
}

/**
 * Where the desktop application writes its log. On Linux Electron would choose a folder of its
 * settings; the place for what need not be backed up is the state folder of the
 * [XDG specification](https://specifications.freedesktop.org/basedir-spec/latest/). Null: the
 * folder that Electron names.
 */
export function linuxLogsDir({ platform, environment, home }: FolderFacts): string | null {
  if (platform !== 'linux') return null;
  return join(environment.XDG_STATE_HOME || join(home, '.local', 'state'), FOLDER_NAME, 'logs');
}

/** Where a shell writes its log if it was given a folder for all that it keeps. */
export function logsDirBelow(userDataDir: string): string {
  return join(userDataDir, 'logs');
}

export function downloadsDir({ home }: FolderFacts): string {
  return join(home, 'Downloads');
}
