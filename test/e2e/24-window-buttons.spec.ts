import type { Locator, Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { test } from './support/bridge-fixtures.ts';
import { expect } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import { chooseFiles, sheetOf } from './support/screen.ts';
import { maximizeBySystem, pressedButtons } from './support/stand-in-preload.ts';

test.beforeEach(({ shell }) => {
  test.skip(shell === 'electron', 'the window of the real Electron would close');
});

const buttons = (page: Page) => page.getByRole('group', { name: 'Window', exact: true }).getByRole('button');

interface Layer {
  readonly open: (page: Page) => Promise<unknown>;
  readonly layer: (page: Page) => Locator;
}

/** Everything that covers the window, and what opens it. */
const layers: Readonly<Record<string, Layer>> = {
  'the command palette': {
    open: (page) => page.keyboard.press('Control+k'),
    layer: (page) => page.getByRole('dialog', { name: 'Command palette' }),
  },
  'the settings': {
    open: async (page) => {
      await page.getByRole('button', { name: 'Account' }).click();
      await page.getByRole('menuitem', { name: 'Settings' }).click();
    },
    layer: (page) => page.getByRole('dialog', { name: 'Settings' }),
  },
  'a menu': {
    open: (page) => page.getByRole('button', { name: 'Account' }).click(),
    layer: (page) => page.getByRole('menu', { name: 'Account' }),
  },
  'the upload sheet': {
    open: (page) => chooseFiles(page, [samples.minimal]),
    layer: (page) => sheetOf(page),
  },
};

test('the window buttons work over everything that opens, which stays open', async ({ gabinet }) => {
  const { page } = gabinet;
  for (const [name, { open, layer }] of Object.entries(layers)) {
    await test.step(name, async () => {
      const pressedBefore = (await pressedButtons(page)).length;
      await open(page);
      await expect(layer(page)).toBeVisible();
      await expect(buttons(page)).toHaveCount(3);
      for (const button of ['Minimize', 'Maximize', 'Restore', 'Close']) {
        await page.getByRole('button', { name: button, exact: true }).click();
        await expect(layer(page)).toBeVisible();
      }
      expect((await pressedButtons(page)).slice(pressedBefore)).toEqual(['minimize', 'maximize', 'restore', 'close']);
      await page.keyboard.press('Escape');
      await expect(layer(page)).toBeHidden();
    });
  }
});

test('the window can be closed if its screen cannot be drawn', async ({ gabinet }) => {
  const { page } = gabinet;
  await page.evaluate(() => {
    Reflect.set(Date.prototype, 'toDateString', () => {
      throw new Error('no dates today');
    });
  });
  await chooseFiles(page, [samples.minimal]);
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await expect(page.getByRole('alert').filter({ hasText: "This screen can't be shown" })).toBeVisible();
  for (const button of ['Minimize', 'Close']) await page.getByRole('button', { name: button, exact: true }).click();
  expect(await pressedButtons(page)).toEqual(['minimize', 'close']);
  await expectNoFaults(page);
});

test('F6 leads from a dialog to the window buttons and back', async ({ gabinet }) => {
  const { page } = gabinet;
  await page.keyboard.press('Control+k');
  const input = page.getByRole('dialog').getByRole('searchbox');
  await expect(input).toBeFocused();
  await page.keyboard.press('F6');
  await expect(page.getByRole('button', { name: 'Minimize' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await pressedButtons(page)).toEqual(['maximize']);
  await page.keyboard.press('F6');
  await expect(input).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the middle button says Restore while the window is maximized, also by the system', async ({ gabinet }) => {
  const { page } = gabinet;
  await expect(page.getByRole('button', { name: 'Maximize' })).toBeVisible();
  await maximizeBySystem(page, true);
  await expect(page.getByRole('button', { name: 'Restore' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Maximize' })).toHaveCount(0);
  await maximizeBySystem(page, false);
  await expect(page.getByRole('button', { name: 'Maximize' })).toBeVisible();
  await expectNoFaults(page);
});
