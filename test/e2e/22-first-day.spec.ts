import type { Browser, Locator, Page } from '@playwright/test';
import type { CustomerResponse } from '../../shared/api/customers.ts';
import type { IssuedLink } from '../../shared/api/people.ts';
import { ApiUser } from './support/api.ts';
import { dropPaths } from './support/drop.ts';
import { expect, test } from './support/fixtures.ts';
import type { NewServer } from './support/new-server.ts';
import { samples } from './support/samples.ts';
import { cards, sheetOf } from './support/screen.ts';

const ADMIN = { name: 'Ida', email: 'ida@installation.example', password: 'four words nobody expects' };
const DESIGNER = { name: 'Nora', email: 'nora@meridian.example', password: 'seven small green kettles' };
const CHANGED_PASSWORD = 'eight large blue kettles';

/** Fills the page of a link in a browser window without scripts, as a person would. */
async function followLink(browser: Browser, url: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value);
  await page.getByRole('button').click();
  await expect(page.getByRole('main')).toContainText('What to do next');
  await context.close();
}

async function signIn(page: Page, { email, password }: { readonly email: string; readonly password: string }) {
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Projects' })).toBeVisible();
}

async function openAccount(page: Page, tab: 'Password' | 'Devices'): Promise<Locator> {
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Your account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Account' });
  await dialog.getByRole('tab', { name: tab }).click();
  return dialog;
}

async function inviteDesigner(server: NewServer, customerName: string): Promise<IssuedLink> {
  const admin = await ApiUser.signIn(server.url, ADMIN.email, ADMIN.password);
  const customer = await admin.request<CustomerResponse>('POST', '/api/admin/customers', { name: customerName });
  const invited = await admin.request<{ link: IssuedLink }>('POST', '/api/customer/people', {
    customer_uuid: customer.uuid,
    name: DESIGNER.name,
    email: DESIGNER.email,
    role: 'designer',
  });
  return invited.link;
}

async function createProject(page: Page, customer: string, name: string): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: `New project in ${customer}` })
    .click();
  await page.getByRole('textbox', { name: 'Project name' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

test('from a new server to a first upload, a changed password and a session ended elsewhere', async ({
  browser,
  newServer: server,
  openGabinet,
}) => {
  // It starts a server twice and five desktops.
  test.slow();
  await followLink(browser, server.setupLink, {
    Name: ADMIN.name,
    'E-mail': ADMIN.email,
    Password: ADMIN.password,
  });
  const invitation = await inviteDesigner(server, 'Meridian');
  await followLink(browser, invitation.url, { Password: DESIGNER.password });

  const admins = await openGabinet({ serverUrl: server.url });
  await signIn(admins.page, ADMIN);
  await createProject(admins.page, 'Meridian', 'Front desk');

  const [desk, laptop] = [await openGabinet({ serverUrl: server.url }), await openGabinet({ serverUrl: server.url })];
  await signIn(desk.page, DESIGNER);
  await signIn(laptop.page, DESIGNER);
  await desk.openProject('Front desk');
  await dropPaths(desk.page, desk.page.getByRole('main'), [samples.robin]);
  await sheetOf(desk.page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await expect(cards(desk.page)).toHaveCount(1);

  for (const desktop of [desk, laptop]) await desktop.close();
  expect(await server.restart()).toBe(false);
  for (const desktop of [desk, laptop]) await desktop.start();
  await desk.openProject('Front desk');
  await expect(cards(desk.page)).toHaveCount(1);
  await expect(laptop.page.getByRole('navigation', { name: 'Projects' })).toBeVisible();

  const account = await openAccount(desk.page, 'Password');
  await account.getByRole('textbox', { name: 'Current password' }).fill(DESIGNER.password);
  await account.getByRole('textbox', { name: 'New password' }).fill(CHANGED_PASSWORD);
  await account.getByText('Sign out other devices and revoke access tokens').click();
  await account.getByRole('button', { name: 'Change password' }).click();
  await expect(account).toContainText('Your password is changed.');
  await expect(laptop.page.getByRole('navigation', { name: 'Projects' })).toBeVisible();

  await account.getByRole('tab', { name: 'Devices' }).click();
  await account.getByRole('button', { name: 'Sign out all other devices' }).click();
  await expect(laptop.page.getByRole('form', { name: 'Sign in' })).toBeVisible();
  await expect(laptop.page.getByRole('main')).toContainText('no longer accepts this sign-in');
  await signIn(laptop.page, { email: DESIGNER.email, password: CHANGED_PASSWORD });
});
