import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import type { CustomerResponse } from '../../shared/api/customers.ts';
import { ACCOUNTS } from './support/api.ts';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import { offlineNote } from './support/screen.ts';

function sidebarOf(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Projects' });
}

function projectIn(page: Page, name: string): Locator {
  return sidebarOf(page).getByRole('button', { name, exact: true });
}

function customerSwitcher(page: Page): Locator {
  return sidebarOf(page).getByRole('button', { name: /^Customer: / });
}

async function chooseCustomer(page: Page, name: string): Promise<void> {
  await customerSwitcher(page).click();
  await page.getByRole('menuitemradio', { name, exact: true }).click();
  await expect(customerSwitcher(page)).toHaveAccessibleName(`Customer: ${name}`);
}

async function act(page: Page, projectName: string, action: 'Rename' | 'Move to trash'): Promise<void> {
  await sidebarOf(page)
    .getByRole('button', { name: `Actions for ${projectName}` })
    .click();
  await page.getByRole('menuitem', { name: action }).click();
}

const freshName = () => `Managed ${randomUUID().slice(0, 8)}`;

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a manager creates, renames, trashes and restores a project, ${colorScheme}`, async ({ openGabinet }) => {
    const gabinet = await openGabinet({ colorScheme });
    const { page } = gabinet;
    await gabinet.signIn(ACCOUNTS.manager);
    const [first, second] = [freshName(), freshName()];

    await sidebarOf(page).getByRole('button', { name: 'New project in Aurora' }).click();
    const field = page.getByRole('textbox', { name: 'Project name' });
    await field.fill('Concierge desk');
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(field).toHaveAccessibleDescription(/already has a project named "Concierge desk"/);
    await expectNoFaults(page);
    await field.fill(first);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: first, level: 1 })).toBeVisible();

    await act(page, first, 'Rename');
    await expect(field).toHaveValue(first);
    await field.fill(second);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: second, level: 1 })).toBeVisible();

    await act(page, second, 'Move to trash');
    await expect(projectIn(page, second)).toBeHidden();
    await expect(page.getByRole('heading', { name: second, level: 1 })).toBeHidden();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
    await expect(projectIn(page, second)).toBeVisible();

    await projectIn(page, second).press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Move to trash' }).click();
    await sidebarOf(page).getByRole('button', { name: 'Trash' }).click();
    const trashed = page.getByRole('list', { name: 'Trashed projects' }).getByRole('listitem', { name: second });
    await expect(trashed).toContainText('Aurora, 0 avatars');
    await expectNoFaults(page);
    await trashed.getByRole('button', { name: `Restore the project ${second}` }).click();
    await expect(trashed).toBeHidden();
    await expect(projectIn(page, second)).toBeVisible();
  });
}

test('moving a project with a live avatar to the trash is confirmed first', async ({ openGabinet, admin, project }) => {
  await admin.upload(project.uuid, samples.robin, { fields: { activate: 'true' } });
  const gabinet = await openGabinet();
  const { page } = gabinet;
  await gabinet.signIn(ACCOUNTS.manager);
  await gabinet.openProject(project.name);
  await act(page, project.name, 'Move to trash');
  const question = page.getByRole('alertdialog', { name: `Robin is live in ${project.name}` });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(projectIn(page, project.name)).toBeVisible();
  await act(page, project.name, 'Move to trash');
  await question.getByRole('button', { name: 'Move to trash' }).click();
  await expect(projectIn(page, project.name)).toBeHidden();
  const { deleted_at: deletedAt } = await admin.request<{ deleted_at: string | null }>(
    'GET',
    `/api/customer/projects/${project.uuid}`,
  );
  expect(deletedAt).not.toBeNull();
});

test('an admin chooses a customer without projects and creates the first one there', async ({ openGabinet, admin }) => {
  const customer = await admin.request<CustomerResponse>('POST', '/api/admin/customers', { name: freshName() });
  const gabinet = await openGabinet();
  const { page } = gabinet;
  await gabinet.signIn(ACCOUNTS.admin);
  await chooseCustomer(page, customer.name);
  await expect(projectIn(page, 'Concierge desk')).toBeHidden();
  await expect(page.getByRole('main')).toContainText('No projects yet');
  await expectNoFaults(page);
  await page.getByRole('main').getByRole('button', { name: 'New project' }).click();
  await page.getByRole('textbox', { name: 'Project name' }).fill('Lobby');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Lobby', level: 1 })).toBeVisible();
});

test('a chosen customer filters sidebar and palette, also offline and after a reload', async ({
  openGabinet,
  server,
}) => {
  const gabinet = await openGabinet();
  await gabinet.signIn(ACCOUNTS.admin);
  await chooseCustomer(gabinet.page, 'Borealis');
  await expect(projectIn(gabinet.page, 'Reception')).toBeVisible();
  await expect(projectIn(gabinet.page, 'Concierge desk')).toBeHidden();
  await gabinet.page.keyboard.press('Control+k');
  await expect(gabinet.page.getByRole('menuitem', { name: /^Reception/ })).toBeVisible();
  await expect(gabinet.page.getByRole('menuitem', { name: /^Concierge desk/ })).toBeHidden();
  await gabinet.page.keyboard.press('Escape');
  await gabinet.page.reload();
  await expect(customerSwitcher(gabinet.page)).toHaveAccessibleName('Customer: Borealis');

  await server.goAway();
  await expect(offlineNote(gabinet.page)).toBeVisible();
  await chooseCustomer(gabinet.page, 'All customers');
  await expect(projectIn(gabinet.page, 'Concierge desk')).toBeVisible();
  await expect(sidebarOf(gabinet.page).getByRole('button', { name: 'New project in Aurora' })).toBeDisabled();
  await projectIn(gabinet.page, 'Concierge desk').press('Shift+F10');
  await expect(gabinet.page.getByRole('menuitem', { name: 'Rename' })).toBeDisabled();
  await server.comeBack();
});

test('a designer manages no projects', async ({ gabinet, project }) => {
  const { page } = gabinet;
  await expect(projectIn(page, project.name)).toBeVisible();
  await expect(sidebarOf(page).getByRole('button', { name: 'New project' })).toHaveCount(0);
  await sidebarOf(page)
    .getByRole('button', { name: `Actions for ${project.name}` })
    .click();
  await expect(page.getByRole('menuitem')).toHaveText(['Copy link']);
});
