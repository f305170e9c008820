import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { takePictures } from './pictures.ts';

/** The separators between the panes can be focused but belong to no landmark. */
const NOT_FOR_PANES = ['region'];

export async function expectNoFaults(page: Page): Promise<void> {
  const builder = new AxeBuilder({ page }).disableRules(NOT_FOR_PANES);
  // Otherwise axe collects its results in a new page, which Electron does not open.
  const { violations } = await builder.setLegacyMode(isOfElectron(page)).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  await takePictures(page);
}

function isOfElectron(page: Page): boolean {
  return page.url().startsWith('app:');
}
