import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { PackedApp } from './asar-archive.ts';
import type { AssembledPackage } from './assemble.ts';

/** What happened when the packed main process ran. */
export interface PackedRun {
  readonly window: 'opened' | null;
  readonly preloadIsPacked: boolean;
  /** Addresses of the page and everything that it loads. */
  readonly answered: readonly string[];
  readonly failed: readonly string[];
  readonly loadedFromOutside: readonly string[];
  /** The account whose library was opened: SQLite and the migrations work. */
  readonly signedInAs: string | null;
  /** The file whose double click started the program, as it waits for its project. */
  readonly openedFile: string | null;
  /** Returned by a worker thread. */
  readonly inspectedSha256: string | null;
}

/** A start takes a second; a machine may be busy. In milliseconds. */
const START_TIMEOUT_MS = 120_000;
/** Nobody listens there, so the account is used offline. */
const NO_SERVER = 'http://127.0.0.1:9';
const USER = { uuid: '7d0c1f5e-58d3-4c0e-9a55-4f6f1d7b2a10', name: 'Ada' } as const;
/** SHA-256 of the bytes 1, 2, 3, the file that is dropped. */
const DROPPED_SHA256 = '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81';

/**
 * Starts the packed main process under Node with a stand-in of Electron, far from this project's
 * folder. Returns a line for each thing that did not work, up to the first window and the first
 * dropped file.
 */
export async function startProblems(
  pack: AssembledPackage,
  app: PackedApp,
  workDir: string,
): Promise<readonly string[]> {
  const archive = await layOut(pack, app, join(workDir, 'started', 'resources'));
  const userDataDir = await signedIn(join(workDir, 'started', 'user-data'));
  try {
    return problemsOf(await start(archive, userDataDir));
  } catch (error) {
    return [`It does not start: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/**
 * Lays the archive out as a folder, because only Electron reads archives. Native code is in it as
 * well: Electron redirects those reads. Worker programs are not: threads must find them outside.
 */
async function layOut(pack: AssembledPackage, app: PackedApp, resourcesDir: string): Promise<string> {
  const archive = join(resourcesDir, 'app.asar');
  for (const [path, { isUnpacked }] of app.files) {
    if (isUnpacked && !path.endsWith('.node')) continue;
    await mkdir(dirname(join(archive, path)), { recursive: true });
    await writeFile(join(archive, path), await app.read(path));
  }
  await cp(join(pack.resourcesDir, 'app.asar.unpacked'), `${archive}.unpacked`, { recursive: true });
  return archive;
}

/** Leaves the settings of somebody who was signed in: at the start their library is opened. */
async function signedIn(userDataDir: string): Promise<string> {
  await mkdir(userDataDir, { recursive: true, mode: 0o700 });
  const account = {
    ...USER,
    serverUrl: NO_SERVER,
    email: 'ada@example.com',
    isAdmin: false,
    memberships: [],
    gabPolicy: 'lenient',
  };
  const settings = { serverUrl: NO_SERVER, lastEmail: null, account };
  const token = { serverUrl: NO_SERVER, userUuid: USER.uuid, token: 'not a token', devices: [] };
  await writeFile(join(userDataDir, 'settings.json'), JSON.stringify(settings));
  await writeFile(join(userDataDir, 'sign-in-token'), JSON.stringify(token), { mode: 0o600 });
  return userDataDir;
}

async function start(archive: string, userDataDir: string): Promise<PackedRun> {
  const program = join(import.meta.dirname, 'run-packed-main.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program], {
    cwd: dirname(archive),
    env: {
      PATH: process.env.PATH,
      FAKE_APP_PATH: archive,
      GABINET_USER_DATA: userDataDir,
      GABINET_SERVER_URL: NO_SERVER,
    },
    timeout: START_TIMEOUT_MS,
  });
  const line = /^run (.*)$/m.exec(stdout)?.[1];
  if (line === undefined) throw new Error('it ended without a word');
  return JSON.parse(line) as PackedRun;
}

function problemsOf(run: PackedRun): readonly string[] {
  const checks: readonly (readonly [boolean, string])[] = [
    [run.window === 'opened', 'No window was opened'],
    [run.preloadIsPacked, 'The preload of the window is not in the package'],
    [run.answered.includes('/preview.html'), 'The preview frame was not asked for'],
    [run.signedInAs === USER.name, 'The library of the signed-in account was not opened'],
    [run.openedFile === 'run-packed-main.ts', 'The file of a double click was not opened'],
    [run.inspectedSha256 === DROPPED_SHA256, 'No worker thread inspected the dropped file'],
  ];
  return [
    ...checks.filter(([isMet]) => !isMet).map(([, problem]) => problem),
    ...run.failed.map((address) => `app://gabinet${address} is not answered`),
    ...run.loadedFromOutside.map((url) => `${url} is loaded from outside the package`),
  ];
}
