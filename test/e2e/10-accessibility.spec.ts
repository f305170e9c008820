import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import { chooseFiles, openDetailsPane, openTray, sheetOf, upload } from './support/screen.ts';

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
    await sheetOf(page).getByRole('button', { name: 'Discard' }).click();
    await upload(page, [samples.robin]);
    await openDetailsPane(page, /Robin/);
    await openTray(page);
    await expectNoFaults(page);
  });
}
