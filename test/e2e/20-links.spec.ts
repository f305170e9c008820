import type { Page } from '@playwright/test';
import type { CustomerResponse } from '../../shared/api/customers.ts';
import type { IssuedLink } from '../../shared/api/people.ts';
import { ApiUser } from './support/api.ts';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import type { NewServer } from './support/new-server.ts';

const PASSWORD = 'four words that rhyme not';
const ADMIN = 'ada@gabinet.example';

/** Dana's account, to be set up by a link. */
async function invite(server: NewServer): Promise<string> {
  const admin = await ApiUser.signIn(server.url, ADMIN, PASSWORD);
  const customer = await admin.request<CustomerResponse>('POST', '/api/admin/customers', { name: 'Aurora' });
  const { link } = await admin.request<{ link: IssuedLink | null }>('POST', '/api/customer/people', {
    customer_uuid: customer.uuid,
    email: 'dana@aurora.example',
    name: 'Dana',
    role: 'designer',
  });
  return link?.url ?? '';
}

async function paste(page: Page, field: string, link: string): Promise<void> {
  await page.getByRole('textbox', { name: field }).fill(link);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** The page moves when the server answers, so that a click must come later. */
async function openLinkForm(page: Page): Promise<void> {
  await expect(page.getByRole('form', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByText('Connecting to the server')).toBeHidden();
  await page.getByRole('button', { name: 'I have an invitation or reset link' }).click();
  await expect(page.getByRole('form', { name: 'Invitation or reset link' })).toBeVisible();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a new server is set up and its first designer invited, ${colorScheme}`, { tag: '@nightly' }, async ({
    newServer,
    openGabinet,
  }) => {
    // A server and three applications start.
    test.slow();
    const { page } = await openGabinet({ serverUrl: newServer.url, colorScheme });
    await expect(page.getByRole('form', { name: 'Set up the server' })).toBeVisible();
    await expectNoFaults(page);
    await paste(page, 'Setup link', 'https://gabinet.example/somewhere');
    await expect(page.getByRole('textbox', { name: 'Setup link' })).toHaveAccessibleDescription(/Paste the whole link/);
    await paste(page, 'Setup link', newServer.setupLink);
    const setup = page.getByRole('form', { name: 'Create the first administrator' });
    await setup.getByRole('textbox', { name: 'Email' }).fill(ADMIN);
    await setup.getByRole('textbox', { name: 'Name' }).fill('Ada');
    await setup.getByRole('textbox', { name: 'Password' }).fill('short');
    await expect(setup.getByRole('button', { name: 'Set up and sign in' })).toBeDisabled();
    await expectNoFaults(page);
    await setup.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await setup.getByRole('button', { name: 'Set up and sign in' }).click();
    await expect(page.getByRole('main')).toContainText('No customers yet');

    const link = await invite(newServer);
    const { page: laptop } = await openGabinet({ serverUrl: newServer.url, colorScheme });
    await openLinkForm(laptop);
    await expectNoFaults(laptop);
    await paste(laptop, 'Link', link);
    const welcome = laptop.getByRole('form', { name: 'Welcome to Gabinet' });
    await expect(welcome).toContainText('dana@aurora.example');
    await expect(welcome.getByRole('textbox', { name: 'Name' })).toHaveValue('Dana');
    await welcome.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await expectNoFaults(laptop);
    await welcome.getByRole('button', { name: 'Set password and sign in' }).click();
    await expect(laptop.getByRole('main')).toContainText('Ask a manager of Aurora or your administrator');
    await expectNoFaults(laptop);

    const { page: third } = await openGabinet({ serverUrl: newServer.url });
    await openLinkForm(third);
    await paste(third, 'Link', link);
    await expect(third.getByRole('textbox', { name: 'Link' })).toHaveAccessibleDescription(/Ask for a new link/);
  });
}
