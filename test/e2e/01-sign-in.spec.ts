import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ACCOUNTS, DEMO_PASSWORD } from './support/api.ts';
import { expect, test } from './support/fixtures.ts';

test('a demo account signs in with one click', async ({ openGabinet }) => {
  const gabinet = await openGabinet();
  await gabinet.signIn(ACCOUNTS.designer);
  await expect(gabinet.page.getByRole('navigation', { name: 'Projects' })).toContainText(/aurora/i);
});

test('signing in with email and password remembers the server address', async ({ openGabinet, server }) => {
  const gabinet = await openGabinet();
  await gabinet.page.getByRole('textbox', { name: 'Email' }).fill(ACCOUNTS.designer);
  await gabinet.page.getByRole('textbox', { name: 'Password' }).fill(DEMO_PASSWORD);
  await gabinet.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(gabinet.page.getByRole('navigation', { name: 'Projects' })).toBeVisible();
  await signOut(gabinet.page);

  await gabinet.close();
  await gabinet.start();
  await gabinet.page.getByRole('button', { name: 'Server' }).click();
  await expect(gabinet.page.getByRole('textbox', { name: 'Server address' })).toHaveValue(
    new RegExp(`^${server.url}/?$`),
  );
  await expect(gabinet.page.getByRole('textbox', { name: 'Email' })).toHaveValue(ACCOUNTS.designer);
});

test('a wrong password shows an error and signs nobody in', async ({ openGabinet }) => {
  const { page } = await openGabinet();
  await page.getByRole('textbox', { name: 'Email' }).fill('nobody@aurora.example');
  await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription(/e-mail|password/i);
  await expect(page.getByRole('form', { name: 'Sign in' })).toBeVisible();
});

test('the sign-in survives a restart, but not signing out', async ({ openGabinet, shell }) => {
  const gabinet = await openGabinet();
  await gabinet.signIn(ACCOUNTS.designer);
  await gabinet.close();
  await gabinet.start();
  await expect(gabinet.page.getByRole('navigation', { name: 'Projects' })).toBeVisible();

  if (shell === 'browser') expect(await storedSignIns(gabinet.userDataDir)).toHaveLength(1);
  await signOut(gabinet.page);
  await expect(gabinet.page.getByRole('form', { name: 'Sign in' })).toBeVisible();
  if (shell === 'browser') expect(await storedSignIns(gabinet.userDataDir)).toEqual([]);

  await gabinet.close();
  await gabinet.start();
  await expect(gabinet.page.getByRole('form', { name: 'Sign in' })).toBeVisible();
});

test('the sign-in screen says that the token is stored in a file if there is no keychain', async ({
  openGabinet,
  shell,
}) => {
  test.skip(shell === 'electron', 'Electron uses the keychain of the operating system');
  const { page } = await openGabinet();
  await expect(page.getByRole('main')).toContainText('stored in a private file');
});

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

/**
 * Files in the user data folder that contain a sign-in, not only the token of this device. Expects
 * that only their owner can read them.
 */
async function storedSignIns(userDataDir: string): Promise<string[]> {
  const names = (await readdir(userDataDir)).filter((name) => /token|secret/i.test(name));
  for (const name of names) expect((await stat(join(userDataDir, name))).mode & 0o777).toBe(0o600);
  const contents = await Promise.all(names.map((name) => readFile(join(userDataDir, name), 'utf8')));
  return contents.filter((content) => content.includes('userUuid'));
}
