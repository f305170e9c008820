import type { Locator, Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { test } from './support/bridge-fixtures.ts';
import { hover } from './support/drop.ts';
import { expect } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import { card, detailsPaneOf, upload } from './support/screen.ts';

test.beforeEach(({ shell }) => {
  test.skip(shell === 'electron', 'the real Electron has its own spec');
});

/** The calls of a channel that the page makes from now on. */
async function followCalls(page: Page, channel: string): Promise<() => Promise<readonly unknown[]>> {
  await page.evaluate((name) => {
    const calls: unknown[] = [];
    Reflect.set(window, 'followedCalls', calls);
    const send = Reflect.get(WebSocket.prototype, 'send') as (data: unknown) => void;
    Reflect.set(WebSocket.prototype, 'send', function follow(this: WebSocket, data: unknown) {
      const message = typeof data === 'string' ? JSON.parse(data) : null;
      if (message?.channel === name) calls.push(message.input);
      send.call(this, data);
    });
  }, channel);
  return () => page.evaluate(() => Reflect.get(window, 'followedCalls') as readonly unknown[]);
}

async function pull(page: Page, source: Locator): Promise<void> {
  await source.hover();
  await page.mouse.down();
  await page.mouse.move(480, 420, { steps: 4 });
}

test('an avatar is handed to the system while the mouse button is pressed, from its card and the details pane', async ({
  gabinet: { page },
}) => {
  await upload(page, [samples.robot]);
  await expect(card(page, /Robot/).locator('[draggable=true]')).toBeVisible({ timeout: 60_000 });
  const drags = await followCalls(page, 'drag.start');
  for (const [index, source] of [card(page, /Robot/), detailsPaneOf(page).locator('[draggable=true]')].entries()) {
    await pull(page, source);
    await expect.poll(async () => (await drags()).length).toBe(index + 1);
    await page.mouse.up();
  }
  await expect(card(page, /Robot/)).toHaveAttribute('aria-selected', 'true');
});

test('the window does not offer to add an avatar that is dragged out of it', async ({ gabinet: { page }, project }) => {
  await upload(page, [samples.robot]);
  await expect(card(page, /Robot/).locator('[draggable=true]')).toBeVisible({ timeout: 60_000 });
  const drags = await followCalls(page, 'drag.start');
  await pull(page, card(page, /Robot/));
  await expect.poll(async () => (await drags()).length).toBe(1);
  const pane = page.getByRole('main');
  const offer = page.getByText(`Drop to add to ${project.name}`);
  await hover(page, pane, [samples.minimal]);
  await expect(page.locator('[data-drop-target]')).toBeVisible();
  await expect(offer).toHaveCount(0);

  await page.mouse.up();
  await page.mouse.move(300, 300);
  await hover(page, pane, [samples.minimal]);
  await expect(offer).toBeVisible();
});

test('an avatar that is not on this computer is downloaded, and can be dragged after that', async ({
  gabinet: { page },
  admin,
  project,
}) => {
  await admin.upload(project.uuid, samples.minimal);
  await expect(card(page, /Minimal/)).toBeVisible();
  const drags = await followCalls(page, 'drag.start');
  await pull(page, card(page, /Minimal/));
  await expect(page.getByText(/is on this computer\. Drag it again\./)).toBeVisible();
  await page.mouse.up();
  expect(await drags()).toEqual([]);
  await pull(page, card(page, /Minimal/));
  await expect.poll(async () => (await drags()).length).toBe(1);
  await page.mouse.up();
});

test('notifications are switched off by kind, and stay off', async ({ gabinet }) => {
  const { page } = gabinet;
  const openSettings = async () => {
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    return page.getByRole('group', { name: 'Notifications' });
  };
  const group = await openSettings();
  await expect(group.getByRole('checkbox', { checked: true })).toHaveCount(5);
  await group.getByText('Finished and failed downloads').click();
  await group.getByText('Hide names').click();
  await expectNoFaults(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(group).toBeHidden();
  await page.reload();
  await expect(await openSettings()).toBeVisible();
  await expect(group.getByRole('checkbox', { name: 'Finished and failed downloads' })).not.toBeChecked();
  await expect(group.getByRole('checkbox', { name: 'Hide names' })).toBeChecked();
  await expect(group.getByRole('checkbox', { name: 'Finished and refused uploads' })).toBeChecked();
});
