import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recordingLog } from '../../support/shells/fake-application.ts';
import { tempFolder } from '../../support/temp-folder.ts';

vi.mock('electron', () => import('../../../scripts/package/fake-electron.ts'));

const electron = await import('../../../scripts/package/fake-electron.ts');
const { ShellWindow } = await import('../../../main/app/shell-window.ts');

const paths = { preloadPath: '/preload.js', windowIconPath: '/icon.png' };
const log = recordingLog();
let endLoad: (error: Error) => void;

beforeEach(async () => {
  electron.app.setPath('userData', await tempFolder());
  vi.spyOn(electron.BrowserWindow.prototype, 'loadURL').mockImplementation(
    () =>
      new Promise((_resolve, reject) => {
        endLoad = reject;
      }),
  );
  log.lines.length = 0;
});

afterEach(() => {
  vi.restoreAllMocks();
  electron.app.removeAllListeners();
  electron.BrowserWindow.only = null;
});

async function openWindow() {
  const shellWindow = new ShellWindow({ paths, showLog: () => undefined, log });
  const connected: unknown[] = [];
  await shellWindow.open((window) => connected.push(window));
  const [window] = connected as InstanceType<typeof electron.BrowserWindow>[];
  if (window === undefined) throw new Error('No window was opened');
  return { shellWindow, window };
}

test('a page whose process crashes while it loads does not end the start, and its window is shown', async () => {
  const { window } = await openWindow();
  endLoad(new Error('ERR_FAILED (-2)'));
  await expect.poll(() => window.calls).toEqual(['show']);
  expect(log.lines).toEqual([expect.stringContaining('warn The page was not loaded {"reason":"Error: ERR_FAILED')]);
});

test('a window that closes while its page loads does not end the start, and stays closed', async () => {
  const { shellWindow, window } = await openWindow();
  await shellWindow.close();
  window.isDestroyed = () => true;
  endLoad(new Error('ERR_ABORTED (-3)'));
  await expect.poll(() => log.lines).toHaveLength(1);
  expect(window.calls).toEqual([]);
});

test('no window opens when the application has begun to quit', async () => {
  const shellWindow = new ShellWindow({ paths, showLog: () => undefined, log });
  const opening = shellWindow.open(() => expect.unreachable());
  await shellWindow.close();
  await opening;
  expect(electron.BrowserWindow.only).toBeNull();
});
