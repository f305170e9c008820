import type { Locator, Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { ApiUser, type Person } from './support/api.ts';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { typeCredentials } from './support/screen.ts';

const NEW_PASSWORD = 'four words that rhyme not';

async function expectSignedIn(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Projects' })).toBeVisible();
}

async function signIn(page: Page, person: Person): Promise<void> {
  await typeCredentials(page, person);
  await expectSignedIn(page);
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

async function openAccount(
  page: Page,
  tab: 'Profile' | 'Password' | 'Second factor' | 'Devices' | 'Access tokens',
): Promise<Locator> {
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

test('a new name is shown everywhere', async ({ openGabinet, admin }) => {
  const { page } = await openGabinet();
  await signIn(page, await admin.addPerson('aurora', 'designer'));
  const dialog = await openAccount(page, 'Profile');
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await expect(name).toHaveValue('Pat');
  await name.fill('Pat Doe');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await close(dialog);
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('Pat Doe');
});

test('a changed password signs other devices out, and only the new one signs in', async ({
  openGabinet,
  admin,
  server,
}) => {
  const pat = await admin.addPerson('aurora', 'viewer');
  const [{ page: desk }, { page: laptop }] = [await openGabinet(), await openGabinet()];
  await signIn(desk, pat);
  await signIn(laptop, pat);
  const dialog = await openAccount(desk, 'Password');
  const current = dialog.getByRole('textbox', { name: 'Current password' });
  const wanted = dialog.getByRole('textbox', { name: 'New password' });
  const submit = dialog.getByRole('button', { name: 'Change password' });
  await current.fill('not this one');
  await wanted.fill('too short');
  await expect(wanted).toHaveAccessibleDescription('9 of at least 12 characters');
  await expect(submit).toBeDisabled();
  await wanted.fill(NEW_PASSWORD);
  await submit.click();
  await expect(current).toHaveAccessibleDescription(/current password/);
  await expectNoFaults(desk);
  await current.fill(pat.password);
  await wanted.fill('password1234');
  await submit.click();
  await expect(wanted).toHaveAccessibleDescription(/12 characters/);
  await wanted.fill(NEW_PASSWORD);
  await submit.click();
  await expect(dialog).toContainText('Your password is changed.');

  await expect(laptop.getByRole('form', { name: 'Sign in' })).toBeVisible();
  await expect(laptop.getByRole('main')).toContainText('no longer accepts this sign-in');
  await typeCredentials(laptop, pat);
  await expect(laptop.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription(/password/);
  await signIn(laptop, { ...pat, password: NEW_PASSWORD });
  await expect(ApiUser.signIn(server.url, pat.email, pat.password)).rejects.toThrow(/could not sign in/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`one device signs another out, ${colorScheme}`, { tag: '@nightly' }, async ({ openGabinet, admin }) => {
    const pat = await admin.addPerson('aurora', 'designer');
    const [{ page: desk }, { page: laptop }] = [await openGabinet({ colorScheme }), await openGabinet()];
    await signIn(desk, pat);
    await signIn(laptop, pat);
    const dialog = await openAccount(desk, 'Profile');
    await expectNoFaults(desk);
    await dialog.getByRole('tab', { name: 'Devices' }).click();
    const devices = dialog.getByRole('list', { name: 'Devices' }).getByRole('listitem');
    await expect(devices.first()).toContainText('This device');
    await expectNoFaults(desk);
    await dialog.getByRole('button', { name: 'Sign out all other devices' }).click();
    await expect(devices).toHaveCount(1);
    await expect(laptop.getByRole('form', { name: 'Sign in' })).toBeVisible();
    await close(dialog);
    await expectSignedIn(desk);
  });

  test(`an access token is made, shown once and revoked, ${colorScheme}`, async ({ openGabinet, admin, server }) => {
    const pat = await admin.addPerson('aurora', 'designer');
    const { page } = await openGabinet({ colorScheme });
    await signIn(page, pat);
    const dialog = await openAccount(page, 'Access tokens');
    await expect(dialog).toContainText("You don't have access tokens.");
    await dialog.getByRole('button', { name: 'New token' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Nightly build');
    await dialog.getByRole('group', { name: 'Allowed' }).getByText('Upload', { exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Your password' }).fill('not this one');
    await dialog.getByRole('button', { name: 'Make token' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Your password' })).toHaveAccessibleDescription(/password/);
    await expectNoFaults(page);
    await dialog.getByRole('textbox', { name: 'Your password' }).fill(pat.password);
    await dialog.getByRole('button', { name: 'Make token' }).click();
    const secret = (await dialog.locator('code').textContent()) ?? '';
    expect(secret).toMatch(/^gabinet_pat_[\w-]{43}$/);
    await expectNoFaults(page);
    const works = async () =>
      (await fetch(`${server.url}/api/auth/me`, { headers: { authorization: `Bearer ${secret}` } })).ok;
    expect(await works()).toBe(true);
    await dialog.getByRole('button', { name: 'Done' }).click();
    const token = dialog.getByRole('list', { name: 'Access tokens' }).getByRole('listitem', { name: 'Nightly build' });
    await expect(token).toContainText('Read and Upload');
    await expect(token).toContainText('Last used');
    await expect(dialog).not.toContainText(secret);
    await expectNoFaults(page);
    await token.getByRole('button', { name: 'Revoke Nightly build' }).click();
    await expect(token.getByRole('button', { name: 'Keep' })).toBeFocused();
    await expectNoFaults(page);
    await token.getByRole('button', { name: 'Revoke', exact: true }).click();
    await expect(dialog).toContainText("You don't have access tokens.");
    expect(await works()).toBe(false);
  });

  test(`a second factor is set up, asked for and turned off, ${colorScheme}`, async ({ openGabinet, admin }) => {
    const pat = await admin.addPerson('aurora', 'designer');
    const { page } = await openGabinet({ colorScheme });
    await signIn(page, pat);
    const dialog = await openAccount(page, 'Second factor');
    await dialog.getByRole('textbox', { name: 'Password' }).fill(pat.password);
    await expectNoFaults(page);
    await dialog.getByRole('button', { name: 'Set up' }).click();
    await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
    const secret = ((await dialog.locator('code').textContent()) ?? '').replaceAll(' ', '');
    await dialog.getByRole('textbox', { name: 'Code' }).fill('000000');
    await dialog.getByRole('button', { name: 'Turn on' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Code' })).toHaveAccessibleDescription(/newest code/);
    await expectNoFaults(page);
    await dialog.getByRole('textbox', { name: 'Code' }).fill(new TOTP({ secret }).generate());
    await dialog.getByRole('button', { name: 'Turn on' }).click();
    const codes = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await expect(codes.first()).toBeVisible();
    const [first = '', second = ''] = await codes.allTextContents();
    await dialog.getByRole('button', { name: 'Save as file' }).click();
    await expect(dialog).toContainText('Gabinet recovery codes.txt');
    await expectNoFaults(page);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(dialog).toContainText('On. Signing in needs a code');
    await close(dialog);

    await signOut(page);
    await typeCredentials(page, pat);
    const codeForm = page.getByRole('form', { name: 'Second factor' });
    await expect(codeForm.getByRole('textbox', { name: 'Code' })).toHaveAttribute('autocomplete', 'one-time-code');
    await expectNoFaults(page);
    await codeForm.getByRole('textbox', { name: 'Code' }).fill(first);
    await codeForm.getByRole('button', { name: 'Sign in' }).click();
    await expectSignedIn(page);

    const again = await openAccount(page, 'Second factor');
    await again.getByRole('textbox', { name: 'Password' }).fill(pat.password);
    await again.getByRole('textbox', { name: 'Code' }).fill(second);
    await expectNoFaults(page);
    await again.getByRole('button', { name: 'Turn off' }).click();
    await expect(again.getByRole('button', { name: 'Set up' })).toBeVisible();
  });
}
