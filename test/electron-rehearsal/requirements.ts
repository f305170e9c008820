import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { hasDisplay } from '../../scripts/open-in-browser.ts';
import type { ChosenElectron } from './choose-electron.ts';

/** What is missing on this machine for tests with this Electron, one sentence each. */
export function missingFor({ isOld, version }: ChosenElectron): readonly string[] {
  const missing: string[] = [];
  if (isOld && !(process.platform === 'linux' && process.arch === 'x64')) {
    missing.push(`Electron ${version} is older than the project’s; such a one is adapted on Linux x64 only.`);
  }
  if (isOld && !isOnPath('gcc')) missing.push('gcc is missing: apt-get install gcc');
  if (hasDisplay()) return missing;
  if (!isOnPath('Xvfb')) missing.push('There is no display and no Xvfb: apt-get install xvfb');
  if (!isOnPath('openbox')) missing.push('There is no display and no window manager: apt-get install openbox');
  return missing;
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
