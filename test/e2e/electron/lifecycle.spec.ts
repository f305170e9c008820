import { ACCOUNTS } from '../support/api.ts';
import { exitAfter, pressWindowButton, startAgain, windowFacts } from '../support/electron.ts';
import { expect, test } from '../support/fixtures.ts';

test('the buttons of the title bar minimize and maximize; a second start brings the window back', async ({
  openGabinet,
}) => {
  const gabinet = await openGabinet();
  const { page, electron } = gabinet;
  await expect(page.getByRole('form', { name: 'Sign in' })).toBeVisible();

  await pressWindowButton(page, 'Maximize');
  await expect.poll(async () => (await windowFacts(electron)).isMaximized).toBe(true);
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^(Maximize|Restore)$/ })
    .click();
  await expect.poll(async () => (await windowFacts(electron)).isMaximized).toBe(false);

  await pressWindowButton(page, 'Minimize');
  await expect.poll(async () => (await windowFacts(electron)).isMinimized).toBe(true);
  expect(await startAgain(gabinet.environment)).toBe(0);
  await expect.poll(async () => (await windowFacts(electron)).isMinimized).toBe(false);
  expect((await windowFacts(electron)).windows).toBe(1);
});

test('the window opens where and as large as it was closed', async ({ openGabinet }) => {
  const bounds = { x: 120, y: 90, width: 1100, height: 700 };
  const gabinet = await openGabinet();
  await expect(gabinet.page.getByRole('form', { name: 'Sign in' })).toBeVisible();
  await gabinet.electron.evaluate(({ BrowserWindow }, place) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(place);
  }, bounds);
  await expect.poll(async () => (await windowFacts(gabinet.electron)).bounds).toEqual(bounds);
  expect(await exitAfter(gabinet, () => pressWindowButton(gabinet.page, 'Close'))).toBe(0);
  await gabinet.close();
  await gabinet.start({ isResized: false });
  expect((await windowFacts(gabinet.electron)).bounds).toEqual(bounds);
});

test('a page that crashes comes back with its window, signed in', async ({ openGabinet }) => {
  const gabinet = await openGabinet();
  await gabinet.signIn(ACCOUNTS.designer);
  await gabinet.electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const isLoadedAgain = new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()));
    contents?.forcefullyCrashRenderer();
    await isLoadedAgain;
  });
  const projectLists = () =>
    gabinet.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        'document.querySelectorAll(\'nav[aria-label="Projects"]\').length',
      ),
    );
  await expect.poll(projectLists).toBe(1);
  expect(await exitAfter(gabinet, () => gabinet.electron.process().kill('SIGTERM'))).toBe(0);
});

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  test(`${signal} quits in order, and the next start is signed in`, async ({ openGabinet }) => {
    test.skip(process.platform === 'win32', 'Windows has no signals');
    const gabinet = await openGabinet();
    await gabinet.signIn(ACCOUNTS.designer);
    expect(await exitAfter(gabinet, () => gabinet.electron.process().kill(signal))).toBe(0);
    await gabinet.close();
    await gabinet.start();
    await expect(gabinet.page.getByRole('navigation', { name: 'Projects' })).toBeVisible();
  });
}
