import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { CustomerResponse } from '../../shared/api/customers.ts';
import { ACCOUNTS } from './support/api.ts';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import {
  card,
  chooseFiles,
  noticeOf,
  selectCard,
  sheetOf,
  sheetRow,
  storedCard,
  typeCredentials,
  upload,
} from './support/screen.ts';
import { unseenText, writeBundle } from './support/unseen.ts';

async function chooseHelp(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

const bundleWith = (number: number) => ({
  id: `a0000000-0000-4000-8000-00000000000${number}`,
  documents: [unseenText(1000)],
});

/** The log of this machine; it grows while the application runs. */
function logOf(userDataDir: string): () => Promise<string> {
  return () => readFile(join(userDataDir, 'logs', 'gabinet.log'), 'utf8');
}

test('diagnostics are copied and shown, also before anybody has signed in', async ({ openGabinet, shell }) => {
  const gabinet = await openGabinet();
  const { page } = gabinet;
  if (shell === 'browser') await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await chooseHelp(page, 'Copy diagnostics');
  const dialog = page.getByRole('dialog', { name: 'Diagnostics copied' });
  const text = dialog.getByRole('textbox', { name: 'Copied text' });
  await expect(text).toHaveValue(/^Gabinet diagnostics\n[\s\S]*Nobody is signed in\.\n[\s\S]*info Gabinet starts/);
  await expect(page.getByText('Diagnostics copied').last()).toBeAttached();
  await expectNoFaults(page);
  if (shell === 'browser') {
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toBe(await text.inputValue());
  }
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
});

test('diagnostics that could not be copied say so, and what to do', async ({ openGabinet }) => {
  const { page } = await openGabinet();
  await page.evaluate(() => {
    Reflect.set(document, 'execCommand', () => false);
    Reflect.set(navigator.clipboard, 'writeText', () => Promise.reject(new Error('not allowed')));
  });
  await chooseHelp(page, 'Copy diagnostics');
  const dialog = page.getByRole('dialog', { name: 'Diagnostics', exact: true });
  await expect(dialog).toContainText("Couldn't copy. Select the text and copy it.");
  await expect(page.getByText('Diagnostics copied')).toHaveCount(0);
  await expectNoFaults(page);
});

test('the palette shows the log, and diagnostics of who is signed in have no address of a person', async ({
  gabinet,
  shell,
}) => {
  const { page } = gabinet;
  await page.keyboard.press('Control+K');
  await page.keyboard.type('show log');
  await page.keyboard.press('Enter');
  const note = page.getByText(join(gabinet.userDataDir, 'logs', 'gabinet.log'));
  if (shell === 'browser') await expect(note).toBeVisible();
  await expect.poll(logOf(gabinet.userDataDir)).toContain('Gabinet starts');
  await chooseHelp(page, 'Copy diagnostics');
  const text = page.getByRole('textbox', { name: 'Copied text' });
  await expect(text).toHaveValue(/quickCheck: ok/);
  await expect(text).not.toHaveValue(new RegExp(ACCOUNTS.designer));
});

test('errors of the page that nobody expected are in the log', async ({ openGabinet }) => {
  const { page, userDataDir } = await openGabinet();
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('thrown in a timer');
    });
    void Promise.reject(new Error('rejected for nobody'));
  });
  await expect.poll(logOf(userDataDir)).toMatch(/"kind":"thrown","message":"Error: thrown in a timer"/);
  await expect.poll(logOf(userDataDir)).toMatch(/"kind":"rejected","message":"Error: rejected for nobody"/);
  await expect(noticeOf(page, 'Something went wrong')).toBeVisible();
  await expect(page.getByText('rejected for nobody')).toHaveCount(0);
});

test('a screen that cannot be drawn says so, is logged, and comes back', async ({ gabinet, folder, project }) => {
  const { page } = gabinet;
  await upload(page, [await writeBundle(folder, 'One', bundleWith(1))]);
  await selectCard(page, /One/);
  await page.evaluate(() => {
    Reflect.set(Date.prototype, 'toDateString', () => {
      throw new Error('no dates today');
    });
  });
  // What the upload still brings may be drawn first.
  await page.keyboard.press('v');
  const alert = page.getByRole('alert').filter({ hasText: "This screen can't be shown" });
  await expect(alert).toBeVisible();
  await expectNoFaults(page);
  await expect.poll(logOf(gabinet.userDataDir)).toMatch(/"kind":"drawn","message":"Error: no dates today"/);
  await alert.getByRole('button', { name: 'Copy diagnostics' }).click();
  await expect(page.getByRole('textbox', { name: 'Copied text' })).toHaveValue(/no dates today/);
  await page.getByRole('button', { name: 'Close' }).click();
  await alert.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('heading', { name: project.name, level: 1 })).toBeVisible();
});

/** From now on, also after a reload, nothing is drawn while the window remembers this. */
async function breakWhile(page: Page, remembered: string): Promise<void> {
  const install = (text: string): void => {
    const prototype: { toDateString: (this: Date) => string } = Date.prototype;
    const original = prototype.toDateString;
    prototype.toDateString = function draw() {
      if (sessionStorage.getItem('gabinet.view')?.includes(text)) throw new Error('no dates here');
      return original.call(this);
    };
  };
  await page.addInitScript(install, remembered);
  await page.evaluate(install, remembered);
}

async function reloadBroken(page: Page): Promise<void> {
  await page
    .getByRole('alert')
    .filter({ hasText: "This screen can't be shown" })
    .getByRole('button', { name: 'Reload' })
    .click();
}

test('a reload leaves the selection that broke the screen, and the page if it breaks again', {
  tag: '@nightly',
}, async ({ gabinet, folder, project }) => {
  const { page } = gabinet;
  await upload(page, [await writeBundle(folder, 'One', bundleWith(1))]);
  await expect(storedCard(page, /One/)).toBeVisible();
  await breakWhile(page, '"isDetailsOpen":true');
  // The click opens the details; from then on no screen can be drawn.
  await storedCard(page, /One/).click();
  await page.keyboard.press('v');
  await reloadBroken(page);
  const heading = page.getByRole('heading', { name: project.name, level: 1 });
  await expect(heading).toBeVisible();
  await expect(card(page, /One/)).toHaveAttribute('aria-selected', 'false');

  await breakWhile(page, project.uuid);
  await storedCard(page, /One/).click();
  await page.keyboard.press('v');
  await reloadBroken(page);
  await reloadBroken(page);
  await expect(page.getByRole('navigation', { name: 'Projects' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(heading).toHaveCount(0);
});

test('the page of the only project is not opened again after it broke twice, and the screen says so', {
  tag: '@nightly',
}, async ({ openGabinet, admin, folder }) => {
  const customer = await admin.request<CustomerResponse>('POST', '/api/admin/customers', { name: 'Only one project' });
  const project = await admin.createProject(customer.slug);
  await admin.upload(project.uuid, await writeBundle(folder, 'One', bundleWith(1)));
  const { page } = await openGabinet();
  await typeCredentials(page, await admin.addPerson(customer.slug, 'designer'));
  await expect(storedCard(page, /One/)).toBeVisible();
  await breakWhile(page, project.uuid);
  await page.keyboard.press('v');
  await reloadBroken(page);
  await reloadBroken(page);
  const main = page.getByRole('main', { name: 'No project' });
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('No project is open');
  await expect(main).not.toContainText('No projects yet');
  await expect(page.getByRole('navigation', { name: 'Projects' })).toContainText(project.name);
  await expectNoFaults(page);
});

test('after a reload the window shows what was open: page, selection and upload sheet', async ({
  gabinet,
  folder,
  project,
}) => {
  const { page } = gabinet;
  const one = await writeBundle(folder, 'One', bundleWith(1));
  const two = await writeBundle(folder, 'Two', bundleWith(2));
  await upload(page, [one, two]);
  await selectCard(page, /One/);
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('One');
  await chooseFiles(page, [await writeBundle(folder, 'Three', bundleWith(3))]);
  await expect(sheetRow(page, 'three.gab')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: project.name, level: 1 })).toBeVisible();
  await expect(sheetRow(page, 'three.gab')).toBeVisible();
  await sheetOf(page).getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('tab', { name: 'Versions' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('One');
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Trash', level: 1 })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Trash', level: 1 })).toBeVisible();
});
