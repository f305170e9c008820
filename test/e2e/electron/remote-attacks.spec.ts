import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Page } from '@playwright/test';
import type { GabinetApplication } from '../support/application.ts';
import { expect, test } from '../support/fixtures.ts';

// A page whose process was taken over speaks to the main process as it likes. What it may still do
// is what the title bar does. `test/component/security` has the same attacks without Electron.

interface Answer {
  readonly type: string | null;
  readonly id: number | null;
  readonly message: string | null;
}

interface TakenOver extends Window {
  readonly attacker: {
    ask(channel: string, ...args: readonly unknown[]): Answer;
    invoke(channel: string, input: unknown): Promise<string>;
  };
}

const PRELOAD = fileURLToPath(new URL('./attacker-preload.cjs', import.meta.url));
const REFUSED = 'Pages have no access to this.';
const CONTEXT = 'context-1';

/** Adds the attacker's preload to the session of the window and loads the page again. */
async function takeOver(electron: ElectronApplication, page: Page): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, filePath) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) throw new Error('no window');
    // `registerPreloadScript` came with Electron 35.
    const { session } = contents;
    if ('registerPreloadScript' in session) session.registerPreloadScript({ type: 'frame', filePath });
    else (session as Electron.Session).setPreloads([filePath]);
    contents.reload();
  }, PRELOAD);
  await page.waitForFunction(() => 'attacker' in window);
}

function ask(page: Page, channel: string, ...args: readonly unknown[]): Promise<Answer> {
  return page.evaluate(([name, rest]) => (window as unknown as TakenOver).attacker.ask(name, ...rest), [
    channel,
    args,
  ] as const);
}

async function takenOver(openGabinet: () => Promise<GabinetApplication>): Promise<Page> {
  const { page, electron } = await openGabinet();
  await expect(page.getByRole('form', { name: 'Sign in' })).toBeVisible();
  await takeOver(electron, page);
  return page;
}

test('@electron/remote gives a page that was taken over the window controls and nothing else', async ({
  openGabinet,
}) => {
  const page = await takenOver(() => openGabinet());
  const window = await ask(page, 'REMOTE_BROWSER_GET_CURRENT_WINDOW', CONTEXT);
  expect(window.type).toBe('object');
  const { id } = window;
  const call = (...args: readonly unknown[]) => ask(page, 'REMOTE_BROWSER_MEMBER_CALL', CONTEXT, ...args);
  expect((await call(id, 'isMaximized', [])).type).toBe('value');

  const attacks: readonly (readonly [string, ...unknown[]])[] = [
    ['REMOTE_BROWSER_REQUIRE', CONTEXT, 'child_process', ''],
    ['REMOTE_BROWSER_GET_BUILTIN', CONTEXT, 'app', ''],
    ['REMOTE_BROWSER_GET_GLOBAL', CONTEXT, 'process', ''],
    ['REMOTE_BROWSER_GET_CURRENT_WEB_CONTENTS', CONTEXT],
    ['REMOTE_BROWSER_FUNCTION_CALL', CONTEXT, id, []],
    ['REMOTE_BROWSER_CONSTRUCTOR', CONTEXT, id, []],
    ['REMOTE_BROWSER_MEMBER_CONSTRUCTOR', CONTEXT, id, 'close', []],
    ['REMOTE_BROWSER_MEMBER_SET', CONTEXT, id, 'close', [{ type: 'value', value: 1 }]],
    ...['constructor', '__proto__', 'minimize', 'toString'].map(
      (name) => ['REMOTE_BROWSER_MEMBER_GET', CONTEXT, id, name] as const,
    ),
    ...['constructor', '__proto__', 'toString', 'hasOwnProperty'].map(
      (name) => ['REMOTE_BROWSER_MEMBER_CALL', CONTEXT, id, name, []] as const,
    ),
    ['REMOTE_BROWSER_MEMBER_CALL', CONTEXT, id, 'isMaximized', [{ type: 'remote-object', id }]],
    ['REMOTE_BROWSER_MEMBER_CALL', CONTEXT, id, 'isMaximized', { length: 0 }],
    ['REMOTE_BROWSER_MEMBER_CALL', CONTEXT, id, ['isMaximized'], []],
    ['REMOTE_BROWSER_MEMBER_CALL', CONTEXT, String(id), 'isMaximized', []],
    ['REMOTE_BROWSER_MEMBER_CALL', { toString: 'x' }, id, 'isMaximized', []],
  ];
  for (const [channel, ...args] of attacks) {
    const { message } = await ask(page, channel, ...args);
    expect(message, `${channel} ${JSON.stringify(args)}`).toBe(REFUSED);
  }
  // One of them was the window's before the page was loaded again; it is gone.
  for (let other = (id ?? 0) - 10; other < (id ?? 0) + 10; other += 1) {
    if (other !== id) expect((await call(other, 'isMaximized', [])).type).toBe('exception');
  }
});

test('a page that was taken over reaches no channel that the contract does not have', async ({ openGabinet }) => {
  const page = await takenOver(() => openGabinet());
  const invoke = (channel: string, input: unknown) =>
    page.evaluate(([name, value]) => (window as unknown as TakenOver).attacker.invoke(name, value), [
      channel,
      input,
    ] as const);
  expect(await invoke('shell.nothing', {})).toContain('refused');
  const projectUuid = crypto.randomUUID();
  const device = { kind: 'path', name: 'x.gab', path: '/dev/zero', sizeBytes: 1 };
  const refused = 'refused: unexpected';
  expect(await invoke('shell.stageFiles', { projectUuid: '../../x', files: [device] })).toBe(refused);
  expect(await invoke('shell.stageFiles', { projectUuid, files: [{ ...device, path: 7 }] })).toBe(refused);
});

test('a second window, and another document in the first one, get nothing from @electron/remote', async ({
  openGabinet,
}) => {
  const { page, electron } = await openGabinet();
  await expect(page.getByRole('form', { name: 'Sign in' })).toBeVisible();
  await takeOver(electron, page);
  const messages = await electron.evaluate(async ({ BrowserWindow }) => {
    const asked = "window.attacker?.ask('REMOTE_BROWSER_GET_CURRENT_WINDOW', 'context-2').message ?? 'no answer'";
    const [first] = BrowserWindow.getAllWindows();
    const second = new BrowserWindow({
      show: false,
      webPreferences: { ...(first && { session: first.webContents.session }), sandbox: true },
    });
    await second.loadURL('app://gabinet/');
    const fromSecond = await second.webContents.executeJavaScript(asked);
    second.destroy();
    await first?.webContents.loadURL('data:text/html,hello').catch(() => undefined);
    return [fromSecond, await first?.webContents.executeJavaScript(asked)];
  });
  expect(messages).toEqual([REFUSED, REFUSED]);
});
