import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { electronProgram } from '../../scripts/electron-binary.ts';

export interface ChosenElectron {
  readonly program: string;
  /** As it names itself, such as "25.1.1". */
  readonly version: string;
  /** Older than the project's: the application is adapted for it. */
  readonly isOld: boolean;
}

/** The one that `GABINET_ELECTRON` names, else the installed one. Returns a sentence if there is none. */
export async function chooseElectron(): Promise<ChosenElectron | string> {
  const named = process.env.GABINET_ELECTRON;
  if (!named) {
    const program = electronProgram();
    if (program !== null) return { program, version: packageJson.devDependencies.electron, isOld: false };
    return `Electron ${packageJson.devDependencies.electron} is not installed, and GABINET_ELECTRON names no other program.`;
  }
  const program = resolve(named);
  if (!existsSync(program)) return `GABINET_ELECTRON names ${program}, which does not exist.`;
  const version = await versionOf(program);
  return { program, version, isOld: majorOf(version) < majorOf(packageJson.devDependencies.electron) };
}

/** Electron's archives have a file with the version beside the program. */
async function versionOf(program: string): Promise<string> {
  const text =
    (await readFile(join(dirname(program), 'version'), 'utf8').catch(() => null)) ??
    (await promisify(execFile)(program, ['--no-sandbox', '--version'])).stdout;
  const version = /\d+\.\d+\.\d+/.exec(text)?.[0];
  if (version === undefined) throw new Error(`${program} does not say which version it is`);
  return version;
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
