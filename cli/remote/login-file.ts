import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '../../node/json-file.ts';
import { makePrivateFolder } from '../../node/private-folder.ts';
import { removeFile } from '../../node/remove.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const loginSchema = z.object({ server: z.string(), token: z.string() });
/** The token is sent to this server only. */
export type Login = z.infer<typeof loginSchema>;

/** Where the command keeps its login and what it knows about unfinished uploads. */
export function configFolder(environment: Environment): string {
  const { GABINET_CONFIG_DIR: chosen, XDG_CONFIG_HOME: xdg, APPDATA: appData } = environment;
  if (chosen) return chosen;
  if (process.platform === 'win32') return join(appData ?? join(homedir(), 'AppData', 'Roaming'), 'gabinet-cli');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'gabinet-cli');
  return join(xdg || join(homedir(), '.config'), 'gabinet-cli');
}

const loginPath = (environment: Environment) => join(configFolder(environment), 'login.json');

export const readLogin = (environment: Environment): Promise<Login | null> =>
  readJsonFile(loginPath(environment), (json) => loginSchema.parse(json));

/** Readable by this account only (0600), in a folder that only this account may enter. */
export async function writeLogin(environment: Environment, login: Login): Promise<void> {
  await makePrivateFolder(configFolder(environment));
  await writeJsonFile(loginPath(environment), login);
}

export const removeLogin = (environment: Environment): Promise<void> => removeFile(loginPath(environment));
