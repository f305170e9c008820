import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';

const CRASHES = 3;
/** A window needs this long on a busy computer. */
const BACK_MS = 30_000;

/** What the window shows; empty while it is loading. Playwright's own page does not survive a crash. */
function headingIn(electron: ElectronApplication): Promise<string> {
  return electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents || contents.isCrashed() || contents.isLoading()) return '';
    return String(await contents.executeJavaScript('document.querySelector("h1")?.textContent ?? ""'));
  });
}

function killWindowProcess(electron: ElectronApplication): Promise<void> {
  return electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents) process.kill(contents.getOSProcessId(), 'SIGKILL');
  });
}

test('a window whose process was killed comes back, three times, and shows the same page', async ({ gabinet }) => {
  const { page, electron } = gabinet;
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Trash', level: 1 })).toBeVisible();
  const loggedCrashes = async () => {
    const log = await readFile(join(gabinet.userDataDir, 'logs', 'gabinet.log'), 'utf8');
    return log.split('The process of the window ended').length - 1;
  };
  for (let count = 1; count <= CRASHES; count += 1) {
    await killWindowProcess(electron);
    await expect.poll(loggedCrashes).toBe(count);
    await expect.poll(() => headingIn(electron), { timeout: BACK_MS }).toBe('Trash');
  }
});
