import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { namedByPage } from './named-by-page.ts';
import type { PackedRun } from './start-packed.ts';

// Run by the check of packages in a separate process: loads the packed main process with the fake
// Electron, acts as its first page and prints what happened.

const archive = process.env.FAKE_APP_PATH ?? '';
const packageUrl = pathToFileURL(archive).href;
const fakeUrl = new URL('./fake-electron.ts', import.meta.url).href;
const run: { -readonly [Key in keyof PackedRun]: PackedRun[Key] } = {
  window: null,
  preloadIsPacked: false,
  answered: [],
  failed: [],
  loadedFromOutside: [],
  signedInAs: null,
  inspectedSha256: null,
  openedFile: null,
};
const loadedFromOutside = new Set<string>();

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') return { url: fakeUrl, shortCircuit: true };
    const found = next(specifier, context);
    const isAskedByPackage = context.parentURL?.startsWith(`${packageUrl}/`) === true;
    const isInPackage = found.url.startsWith('node:') || found.url.startsWith(packageUrl);
    if (isAskedByPackage && !isInPackage) loadedFromOutside.add(found.url);
    return found;
  },
});
Reflect.set(process, '_linkedBinding', () => ({ getHiddenValue: () => undefined }));

// Started by a double click on a file.
process.argv.splice(1, Infinity, join(import.meta.dirname, 'run-packed-main.ts'));

const electron = await import('./fake-electron.ts');
const senderFrame = { origin: 'app://gabinet', parent: null, processId: 1, routingId: 1 };
const page = { sender: { id: 1 }, senderFrame, processId: 1, frameId: 1 };

async function get(address: string): Promise<string | null> {
  const handler = electron.session.fromPartition('persist:gabinet').schemes.get('app');
  const request = { url: `app://gabinet${address}`, method: 'GET', headers: new Headers() };
  const answer = (await handler?.(...([request] as never[]))) as Response | undefined;
  return answer?.status === 200 ? answer.text() : null;
}

async function invoke(name: string, input?: unknown): Promise<unknown> {
  const answer = await electron.ipcMain.handlers.get(name)?.(...([page, input] as never[]));
  return (answer as { readonly output?: unknown } | undefined)?.output;
}

/** Requests the page, and everything that it and what it loads name. */
async function loadPage(): Promise<void> {
  const queue = ['/'];
  for (const address of queue) {
    const text = await get(address);
    if (text === null) run.failed = [...run.failed, address];
    else for (const next of namedByPage(address, text)) if (!queue.includes(next)) queue.push(next);
  }
  run.answered = queue.filter((address) => !run.failed.includes(address));
}

/** Drops a file on the window and waits until a worker thread has inspected it. */
async function dropFile(window: InstanceType<typeof electron.BrowserWindow>): Promise<void> {
  const inspected = new Promise<string>((resolve) => {
    window.webContents.on('fake-sent', (_channel: string, event: string, payload: StagedPayload) => {
      const sha256 = event === 'uploads.stagedChanged' ? payload.files[0]?.sha256 : null;
      if (sha256) resolve(sha256);
    });
  });
  const files = [{ kind: 'bytes', name: 'dropped.gab', bytes: new Uint8Array([1, 2, 3]) }];
  await invoke('shell.stageFiles', { projectUuid: crypto.randomUUID(), files });
  run.inspectedSha256 = await inspected;
}

interface StagedPayload {
  readonly files: readonly { readonly sha256: string | null }[];
}

interface OpenedPayload {
  readonly files: readonly { readonly fileName: string }[];
}

async function playPage(window: InstanceType<typeof electron.BrowserWindow>): Promise<void> {
  const { preload } = window.options.webPreferences;
  run.window = 'opened';
  run.preloadIsPacked = String(preload).startsWith(archive) && existsSync(String(preload));
  await loadPage();
  const session = (await invoke('session.get')) as { readonly user: { readonly name: string } | null } | undefined;
  run.signedInAs = session?.user?.name ?? null;
  if (run.signedInAs !== null) await dropFile(window);
  const opened = (await invoke('opening.get')) as OpenedPayload | undefined;
  run.openedFile = opened?.files[0]?.fileName ?? null;
  window.close();
}

electron.app.on('fake-loaded', (window) => void playPage(window));
electron.app.on('fake-gone', () => process.exit(0));
// However far it came.
process.on('exit', () => {
  process.stdout.write(`run ${JSON.stringify({ ...run, loadedFromOutside: [...loadedFromOutside] })}\n`);
});
await import(new URL(`${packageUrl}/out/main/index.js`).href);
