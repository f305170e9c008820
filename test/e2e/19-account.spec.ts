import type { Locator, Page } from '@playwright/test';
import { ACCOUNTS, ApiUser, DEMO_PASSWORD } from './support/api.ts';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';

const NEW_PASSWORD = 'four words that rhyme not';

async function openAccount(page: Page, tab: 'Profile' | 'Password' | 'Devices'): Promise<Locator> {
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Your account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Account' });
  await dialog.getByRole('tab', { name: tab }).click();
  return dialog;
}

async function close(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function signInWith(page: Page, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(ACCOUNTS.viewer);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('a new name is shown everywhere', async ({ openGabinet }) => {
  const gabinet = await openGabinet();
  const { page } = gabinet;
  await gabinet.signIn(ACCOUNTS.stranger);
  const dialog = await openAccount(page, 'Profile');
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await expect(name).toHaveValue('Bo');
  await name.fill('Bo Borealis');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await close(dialog);
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('Bo Borealis');
});

test('a changed password signs other devices out, and only the new one signs in', async ({ openGabinet, server }) => {
  const [desk, laptop] = [await openGabinet(), await openGabinet()];
  await desk.signIn(ACCOUNTS.viewer);
  await laptop.signIn(ACCOUNTS.viewer);
  const dialog = await openAccount(desk.page, 'Password');
  const [current, wanted] = ['Current password', 'New password'].map((name) => dialog.getByRole('textbox', { name }));
  const submit = dialog.getByRole('button', { name: 'Change password' });
  await current?.fill('not this one');
  await wanted?.fill('too short');
  await expect(wanted as Locator).toHaveAccessibleDescription('9 of at least 12 characters');
  await expect(submit).toBeDisabled();
  await wanted?.fill(NEW_PASSWORD);
  await submit.click();
  await expect(current as Locator).toHaveAccessibleDescription(/current password/);
  await expectNoFaults(desk.page);
  await current?.fill(DEMO_PASSWORD);
  await wanted?.fill('password1234');
  await submit.click();
  await expect(wanted as Locator).toHaveAccessibleDescription(/12 characters/);
  await wanted?.fill(NEW_PASSWORD);
  await submit.click();
  await expect(dialog).toContainText('Your password is changed.');

  await expect(laptop.page.getByRole('form', { name: 'Sign in' })).toBeVisible();
  await expect(laptop.page.getByRole('main')).toContainText('no longer accepts this sign-in');
  await signInWith(laptop.page, DEMO_PASSWORD);
  await expect(laptop.page.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription(/password/);
  await signInWith(laptop.page, NEW_PASSWORD);
  await expect(laptop.page.getByRole('navigation', { name: 'Projects' })).toBeVisible();
  await expect(ApiUser.signIn(server.url, ACCOUNTS.viewer)).rejects.toThrow(/could not sign in/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`one device signs another out, ${colorScheme}`, async ({ openGabinet }) => {
    const [desk, laptop] = [await openGabinet({ colorScheme }), await openGabinet()];
    await desk.signIn(ACCOUNTS.manager);
    await laptop.signIn(ACCOUNTS.manager);
    const dialog = await openAccount(desk.page, 'Profile');
    await expectNoFaults(desk.page);
    await dialog.getByRole('tab', { name: 'Password' }).click();
    await expectNoFaults(desk.page);
    await dialog.getByRole('tab', { name: 'Devices' }).click();
    const devices = dialog.getByRole('list', { name: 'Devices' }).getByRole('listitem');
    await expect(devices.first()).toContainText('This device');
    await expectNoFaults(desk.page);
    await dialog.getByRole('button', { name: 'Sign out all other devices' }).click();
    await expect(devices).toHaveCount(1);
    await expect(laptop.page.getByRole('form', { name: 'Sign in' })).toBeVisible();
    await expect(desk.page.getByRole('navigation', { name: 'Projects', includeHidden: true })).toBeVisible();
  });
}
