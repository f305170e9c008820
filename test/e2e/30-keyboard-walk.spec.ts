import type { Page } from '@playwright/test';
import { ACCOUNTS, DEMO_PASSWORD } from './support/api.ts';
import { expect, test } from './support/fixtures.ts';
import { arrowTo, tabTo } from './support/keyboard.ts';
import { samples } from './support/samples.ts';
import { card, cards, detailsPaneOf, liveName, liveNow, noticeOf, sheetOf, sheetRow } from './support/screen.ts';

test('the whole main job works with the keyboard alone', async ({ openGabinet, project }) => {
  test.setTimeout(240_000);
  const { page } = await openGabinet();
  const { keyboard } = page;

  await test.step('sign in and open the project', async () => {
    await tabTo(page, page.getByRole('textbox', { name: 'Email' }));
    await keyboard.type(ACCOUNTS.designer);
    await tabTo(page, page.getByRole('textbox', { name: 'Password' }));
    await keyboard.type(DEMO_PASSWORD);
    await keyboard.press('Enter');
    const projects = page.getByRole('navigation', { name: 'Projects' });
    const entry = projects.getByRole('button', { name: project.name, exact: true });
    await expect(entry).toBeVisible();
    await tabTo(page, projects.locator('[data-sidebar-item][tabindex="0"]'));
    await arrowTo(page, entry, 'ArrowDown');
    await keyboard.press('ArrowRight');
    await expect(projects.getByRole('button', { name: `Actions for ${project.name}` })).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Copy link' })).toBeFocused();
    await keyboard.press('Escape');
    await keyboard.press('ArrowLeft');
    await expect(entry).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'Empty project' })).toBeVisible();
  });

  await test.step('upload two avatars', async () => {
    const chooser = page.waitForEvent('filechooser');
    await keyboard.press('u');
    await (await chooser).setFiles([samples.minimal, samples.robin]);
    await expect(sheetRow(page, 'portrait-2d.gab')).toContainText('Robin');
    await tabTo(page, sheetOf(page).getByRole('button', { name: 'Upload 2 avatars' }));
    await keyboard.press('Enter');
    await expect(cards(page)).toHaveCount(2);
    await expect(card(page, /, version 1, live/)).toHaveCount(1);
  });

  await test.step('choose one, see its versions, compare it, make it live', async () => {
    const other = cards(page).filter({ hasNotText: 'Live' });
    const name = (await other.getByText(/^(Robin|Minimal)$/).textContent()) ?? '';
    await tabTo(page, cards(page).first());
    if (!(await other.evaluate((row) => row === document.activeElement))) await keyboard.press('ArrowRight');
    await expect(other).toBeFocused();
    await keyboard.press('Enter');
    await expect(detailsPaneOf(page)).toContainText(name);
    await keyboard.press('v');
    await expect(detailsPaneOf(page).getByRole('list', { name: 'Versions' })).toBeVisible();
    await keyboard.press('c');
    await expect(page.getByRole('region', { name: 'Comparison' })).toBeVisible();
    await keyboard.press('Escape');
    await expect(page.getByRole('region', { name: 'Comparison' })).toBeHidden();
    await keyboard.press('Control+Enter');
    await confirmIfAsked(page, name);
    await expect(liveName(page)).toContainText(name);
  });

  await test.step('go back to what was live before', async () => {
    const back = liveNow(page).getByRole('button', { name: /^Back to / });
    const name = /^Back to (.+) v1/.exec((await back.textContent()) ?? '')?.[1] ?? '';
    await tabTo(page, back);
    await keyboard.press('Enter');
    await confirmIfAsked(page, name);
    await expect(liveName(page)).toContainText(name);
  });

  await test.step('take it offline, and take that back', async () => {
    await tabTo(page, liveNow(page).getByRole('button', { name: 'Take offline' }));
    await keyboard.press('Enter');
    const question = page.getByRole('alertdialog', { name: /^Take .* offline\?$/ });
    await tabTo(page, question.getByRole('button', { name: 'Take offline' }));
    await keyboard.press('Enter');
    await expect(liveNow(page)).toContainText('Nothing is live');
    await keyboard.press('Control+z');
    await expect(liveName(page)).toBeVisible();
  });

  await test.step('move an avatar to the trash, and take that back', async () => {
    await tabTo(page, page.getByRole('row', { selected: true }));
    await keyboard.press('Delete');
    await expect(cards(page)).toHaveCount(1);
    await keyboard.press('Control+z');
    await expect(cards(page)).toHaveCount(2);
  });
});

/** What breaks features of the live avatar is asked about first. */
async function confirmIfAsked(page: Page, name: string): Promise<void> {
  const anyway = page.getByRole('alertdialog').getByRole('button', { name: /live anyway$/ });
  const done = noticeOf(page, `${name} v1 is live`);
  await expect(anyway.or(done).first()).toBeVisible();
  if (!(await anyway.isVisible())) return;
  await tabTo(page, anyway);
  await page.keyboard.press('Enter');
  await expect(done).toBeVisible();
}
