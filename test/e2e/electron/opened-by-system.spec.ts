import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ACCOUNTS } from '../support/api.ts';
import type { GabinetApplication } from '../support/application.ts';
import { electronUnderTest, switchesForTests } from '../support/electron-under-test.ts';
import { expect, test } from '../support/fixtures.ts';
import { samples } from '../support/samples.ts';
import { card, sheetRow } from '../support/screen.ts';

/** Starts the program once more, as a double click does while it runs. Returns its exit code. */
async function startAgain(gabinet: GabinetApplication, folder: string, ...names: readonly string[]): Promise<number> {
  const electron = electronUnderTest();
  if (electron === null) throw new Error('there is no Electron');
  const child = spawn(electron.program, [...switchesForTests(), ...electron.args, ...names], {
    cwd: folder,
    env: { ...process.env, GABINET_USER_DATA: gabinet.userDataDir },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number];
  return code;
}

test('files and links of the command line and of second starts wait for sign-in, then for a project', async ({
  openGabinet,
  project,
  admin,
  folder,
}) => {
  const robin = await admin.upload(project.uuid, samples.robin);
  await copyFile(samples.mage, join(folder, '--odd name.gab'));
  const gabinet = await openGabinet({ names: [samples.minimal] });
  const { page } = gabinet;
  await expect(page.getByText(`${basename(samples.minimal)} will be added after you sign in`)).toBeVisible();

  expect(await startAgain(gabinet, folder, '--', '--odd name.gab')).toBe(0);
  await expect(page.getByText('2 files will be added after you sign in')).toBeVisible();

  await gabinet.signIn(ACCOUNTS.designer);
  const chooser = page.getByRole('dialog', { name: 'Add 2 files' });
  await expect(chooser).toContainText('minimal.gab, --odd name.gab');
  await chooser.getByRole('menuitem', { name: new RegExp(`^${project.name} `) }).click();
  await expect(sheetRow(page, 'minimal.gab')).toContainText('Minimal');
  await expect(sheetRow(page, '--odd name.gab')).toContainText('Mage');

  expect(await startAgain(gabinet, folder, 'gone.gab')).toBe(0);
  await expect(page.getByText(`Couldn't open ${join(folder, 'gone.gab')}`)).toBeVisible();

  await startAgain(gabinet, folder, `gabinet://project/${project.uuid}/avatar/${robin.lineage_uuid}`);
  await expect(card(page, /^Robin/)).toHaveAttribute('aria-selected', 'true');

  await page.getByRole('region', { name: 'Details', exact: true }).getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied')).toBeVisible();
  const copied = await gabinet.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toBe(`gabinet://project/${project.uuid}/avatar/${robin.lineage_uuid}`);
});
