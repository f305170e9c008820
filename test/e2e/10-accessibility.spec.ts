import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import { chooseFiles, openInspector, openTray, sheetOf, upload } from './support/screen.ts';

/** The separators between the panes can be focused and belong to no landmark: that is what a separator is. */
const NOT_FOR_PANES = ['region'];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no screen has an accessibility fault, ${colorScheme}`, async ({ openGabinet, project }) => {
    const gabinet = await openGabinet({ colorScheme });
    const { page } = gabinet;
    await expect(page.getByRole('group', { name: 'Demo accounts' })).toBeVisible();
    await expectNoFaults(page);
    await gabinet.signIn('designer@aurora.example');
    await gabinet.openProject(project.name);
    await expectNoFaults(page);
    await chooseFiles(page, [samples.minimal, samples.needsNewerRuntime]);
    await expect(sheetOf(page).getByRole('button', { name: /^Upload/ })).toBeEnabled();
    await expectNoFaults(page);
    await sheetOf(page).getByRole('button', { name: 'Cancel' }).click();
    await upload(page, [samples.robin]);
    await openInspector(page, /Robin/);
    await openTray(page);
    await expectNoFaults(page);
  });
}

async function expectNoFaults(page: Parameters<typeof openTray>[0]): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).disableRules(NOT_FOR_PANES).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}
