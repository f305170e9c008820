import type { Locator, Page } from '@playwright/test';
import type { AvatarUploadResponse } from '../../shared/api/avatars.ts';
import type { ApiUser } from './support/api.ts';
import { ACCOUNTS } from './support/api.ts';
import { expectNoFaults } from './support/axe.ts';
import { dropPaths } from './support/drop.ts';
import { expect, test } from './support/fixtures.ts';
import { drag } from './support/frame-input.ts';
import { samples } from './support/samples.ts';
import {
  card,
  chooseToGoLive,
  detailsPaneOf,
  liveName,
  liveNow,
  openDetailsPane,
  sheetOf,
  sheetRow,
  showVersions,
} from './support/screen.ts';
import { type VersionFiles, writeVersions } from './support/versions.ts';

/** Two previews without a graphics card, on a busy computer. */
test.describe.configure({ timeout: 240_000 });

const SCREENSHOT_INTERVAL_MS = 500;

function comparisonOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Comparison', exact: true });
}

function question(page: Page): Locator {
  return page.getByRole('alertdialog', { name: /will break features of/ });
}

/** Uploads all files as versions of one avatar, in this order; the first is live. */
async function uploadVersions(admin: ApiUser, projectUuid: string, paths: readonly string[]): Promise<void> {
  let first: AvatarUploadResponse | null = null;
  for (const path of paths) {
    const fields: Record<string, string> = first ? { lineage_uuid: first.lineage_uuid, activate: 'false' } : {};
    const uploaded = await admin.upload(projectUuid, path, { fields });
    first ??= uploaded;
  }
}

async function compareWithLive(page: Page, version: number): Promise<void> {
  await openDetailsPane(page, /Mara/);
  await showVersions(page);
  await detailsPaneOf(page)
    .getByRole('button', { name: `Actions for version ${version}` })
    .click();
  await page.getByRole('menuitem', { name: 'Compare with the live version' }).click();
}

/** Version 1 is live, version 2 breaks the runtime, version 3 changes only the look. */
async function threeVersions(admin: ApiUser, projectUuid: string, folder: string): Promise<VersionFiles> {
  const files = await writeVersions(folder);
  await uploadVersions(admin, projectUuid, [files.first, files.renamed, files.repainted]);
  return files;
}

test('a comparison of two versions shows verdict and differences, can be filtered, and closes', async ({
  gabinet,
  admin,
  project,
  folder,
}) => {
  const { page } = gabinet;
  await threeVersions(admin, project.uuid, folder);
  await expect(card(page, /Mara, version 3/)).toBeVisible();
  await compareWithLive(page, 2);
  const comparison = comparisonOf(page);
  await expect(comparison.getByRole('heading', { name: 'Mara v1 → v2' })).toBeVisible();
  await expect(comparison.getByRole('region', { name: 'Verdict' })).toContainText('Breaking changes');

  const face = comparison.getByRole('list', { name: 'Differences: Face and lip-sync' });
  await expect(face).toContainText('viseme_CH → Head_viseme_CH');
  await face.getByRole('button', { name: 'Morph targets renamed' }).click();
  await expect(face).toContainText('viseme_U → Head_viseme_U');
  await expect(face).toContainText('morphs-renamed');

  await comparison.getByRole('radio', { name: /^Harmless/ }).click();
  await expect(face).toHaveCount(0);
  await comparison.getByRole('radio', { name: /^Breaks/ }).click();
  await expect(face).toBeVisible();
  await expect(comparison.getByRole('list', { name: 'Differences: Details' })).toHaveCount(0);
  await comparison.getByRole('radio', { name: /^All/ }).click();
  await comparison.getByRole('button', { name: /^Area/ }).click();
  await page.getByRole('option', { name: /^Size/ }).click();
  await expect(face).toHaveCount(0);
  await expect(comparison.getByRole('list', { name: 'Differences: Size' })).toBeVisible();
  await comparison.getByRole('searchbox', { name: 'Search differences' }).fill('nowhere to be found');
  await expect(comparison).toContainText('No differences match this filter.');
  await comparison.getByRole('button', { name: 'Show all' }).click();
  await expect(face).toBeVisible();

  await comparison.getByRole('button', { name: 'Swap sides' }).click();
  await expect(comparison.getByRole('heading', { name: 'Mara v2 → v1' })).toBeVisible();
  await expect(face).toContainText('Head_viseme_CH → viseme_CH');
  await comparison.getByRole('button', { name: /^Before/ }).click();
  await page.getByRole('option', { name: 'Mara v3' }).click();
  await expect(comparison.getByRole('heading', { name: 'Mara v3 → v1' })).toBeVisible();
  await expect(comparison.getByRole('region', { name: 'Verdict' })).not.toContainText('Breaking');

  await page.keyboard.press('Escape');
  await expect(comparison).toHaveCount(0);
  await expect(card(page, /Mara/)).toBeVisible();
});

test('the key C, the command palette and the details pane open the comparison', async ({
  gabinet,
  admin,
  project,
  folder,
}) => {
  const { page } = gabinet;
  await threeVersions(admin, project.uuid, folder);
  await card(page, /Mara, version 3/).click();
  await page.keyboard.press('c');
  await expect(comparisonOf(page).getByRole('heading', { name: 'Mara v1 → v3' })).toBeVisible();
  await comparisonOf(page).getByRole('button', { name: 'Close comparison' }).click();
  await page.getByRole('button', { name: 'Search or run a command' }).click();
  await page.getByRole('searchbox', { name: 'Command' }).fill('previous version');
  await page.getByRole('menuitem', { name: /Compare Mara v3 with its previous version/ }).click();
  await expect(comparisonOf(page).getByRole('heading', { name: 'Mara v2 → v3' })).toBeVisible();
  await page.keyboard.press('Escape');
  await detailsPaneOf(page).getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(comparisonOf(page).getByRole('heading', { name: 'Mara v1 → v3' })).toBeVisible();
});

/**
 * Whether both previews are drawn; without WebGL, both thumbnails are shown with the reason. On a
 * busy computer one may be closed because it did not respond in time: it is opened again.
 */
async function areBothShown(page: Page): Promise<boolean> {
  const comparison = comparisonOf(page);
  await expect(comparison.locator('figure[data-preview]')).toHaveCount(2);
  await expect(async () => {
    const again = comparison.getByRole('button', { name: 'Try again' });
    for (const button of await again.all()) await button.click();
    await expect(comparison.locator('figure[aria-busy="true"]')).toHaveCount(0, { timeout: 60_000 });
    await expect(again).toHaveCount(0, { timeout: 1 });
  }).toPass();
  return (await comparison.locator('figure[data-preview="shown"]').count()) === 2;
}

/** Turns one preview by dragging, and expects that the other one turns with it. */
async function expectTurnedTogether(page: Page, dragged: Locator, other: Locator): Promise<void> {
  const still = await other.screenshot();
  await drag(page, dragged, { from: { x: 0.5, y: 0.5 }, to: { x: 0.75, y: 0.55 } });
  // Each screenshot makes a busy computer draw everything once more.
  const patient = { intervals: [SCREENSHOT_INTERVAL_MS] };
  await expect.poll(async () => still.equals(await other.screenshot()), patient).toBe(false);
  await expect(comparisonOf(page).locator('figure[data-preview="shown"]')).toHaveCount(2);
}

test('both previews share one camera, side by side and in the overlay', async ({ gabinet, admin, project, folder }) => {
  const { page } = gabinet;
  // Without a graphics card two previews of the usual size take seconds for each picture.
  await page.setViewportSize({ width: 900, height: 600 });
  await threeVersions(admin, project.uuid, folder);
  await expect(card(page, /Mara, version 3/)).toBeVisible();
  await compareWithLive(page, 2);
  const before = comparisonOf(page).getByRole('figure', { name: 'Preview of Mara v1' });
  const after = comparisonOf(page).getByRole('figure', { name: 'Preview of Mara v2' });
  if (await areBothShown(page)) {
    await expect(async () => {
      expect(await areBothShown(page)).toBe(true);
      await expectTurnedTogether(page, before, after);
    }).toPass();
  } else {
    // The thumbnail, and the reason.
    const still = comparisonOf(page).locator('figure:not([data-preview="shown"])').first();
    await expect(still.locator('img')).toBeVisible();
    await expect(still.getByRole('status')).toHaveText(/./);
  }

  await comparisonOf(page).getByRole('radio', { name: 'Overlay' }).click();
  const divider = comparisonOf(page).getByRole('slider', { name: 'Divider between the previews' });
  await divider.focus();
  await page.keyboard.press('Home');
  await expect(divider).toHaveValue('0');
  const onlyAfter = await after.screenshot();
  await page.keyboard.press('End');
  await expect(divider).toHaveValue('100');
  await expect.poll(async () => onlyAfter.equals(await after.screenshot())).toBe(false);
  await page.keyboard.press('ArrowLeft');
  await expect(divider).toHaveValue('99');
});

interface Place {
  readonly admin: ApiUser;
  readonly project: { readonly uuid: string; readonly name: string };
  readonly folder: string;
}

/** The first version is live, and another one is dropped. */
async function dropOverLive(
  page: Page,
  { admin, project, folder }: Place,
  dropped: Exclude<keyof VersionFiles, 'first'>,
): Promise<void> {
  const files = await writeVersions(folder);
  await uploadVersions(admin, project.uuid, [files.first]);
  await expect(liveName(page)).toContainText('Mara');
  await dropPaths(page, page.getByRole('main', { name: project.name }), [files[dropped]]);
}

test('the upload sheet shows what a file breaks, and asks once before making it live', async ({
  gabinet,
  admin,
  project,
  folder,
}) => {
  const { page } = gabinet;
  await dropOverLive(page, { admin, project, folder }, 'renamed');
  const row = sheetRow(page, 'mara-renamed.gab');
  await expect(row).toContainText(/Breaking changes\s*compared with the live Mara v1: \d+ differences/);
  await row.getByRole('button', { name: 'Compare with live' }).click();
  await expect(comparisonOf(page).getByRole('heading', { name: 'Mara v1 → mara-renamed.gab' })).toBeVisible();
  await comparisonOf(page).getByRole('button', { name: 'Close comparison' }).click();

  await chooseToGoLive(page, true);
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await expect(question(page)).toContainText('viseme_CH → Head_viseme_CH');
  await question(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(row).toBeVisible();
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await question(page).getByRole('button', { name: 'Make live anyway' }).click();
  await expect(liveName(page)).toContainText('v2');
  await expect(question(page)).toHaveCount(0);
});

test('a file that breaks something can be uploaded without making it live', async ({
  gabinet,
  admin,
  project,
  folder,
}) => {
  const { page } = gabinet;
  await dropOverLive(page, { admin, project, folder }, 'renamed');
  await chooseToGoLive(page, true);
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await question(page).getByRole('button', { name: 'Upload without making live' }).click();
  await expect(card(page, /Mara, version 2/)).toBeVisible();
  await expect(liveName(page)).toContainText('v1');
});

test('a file that breaks nothing is uploaded without a question', async ({ gabinet, admin, project, folder }) => {
  const { page } = gabinet;
  await dropOverLive(page, { admin, project, folder }, 'repainted');
  await expect(sheetRow(page, 'mara-blue.gab')).toContainText(/Visible changes\s*compared with the live Mara v1/);
  await chooseToGoLive(page, true);
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await expect(liveName(page)).toContainText('v2');
});

test('making a version live asks once if it breaks the runtime, and not if it only looks different', async ({
  gabinet,
  admin,
  project,
  folder,
}) => {
  const { page } = gabinet;
  await threeVersions(admin, project.uuid, folder);
  await expect(card(page, /Mara, version 3/)).toBeVisible();
  await openDetailsPane(page, /Mara/);
  const versions = await showVersions(page);
  await versions.getByRole('button', { name: /^v2/ }).click();
  await detailsPaneOf(page).getByRole('button', { name: 'Make live', exact: true }).click();
  await question(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(liveName(page)).toContainText('v1');

  await detailsPaneOf(page).getByRole('button', { name: 'Make live', exact: true }).click();
  await question(page).getByRole('button', { name: 'Compare' }).click();
  await comparisonOf(page).getByRole('button', { name: 'Make v2 live anyway' }).click();
  await page.keyboard.press('Escape');
  await expect(liveName(page)).toContainText('v2');

  // Version 3 changes only the look and breaks nothing.
  await versions.getByRole('button', { name: /^v3/ }).click();
  await detailsPaneOf(page).getByRole('button', { name: 'Make live', exact: true }).click();
  await expect(liveName(page)).toContainText('v3');
  // Rolling back to a version that breaks the runtime asks as well.
  await liveNow(page)
    .getByRole('button', { name: /^Back to Mara v2/ })
    .click();
  await question(page).getByRole('button', { name: 'Make live anyway' }).click();
  await expect(liveName(page)).toContainText('v2');
});

test('a file that cannot be compared says so instead of a verdict', async ({ gabinet, admin, project, folder }) => {
  const { page } = gabinet;
  const files = await writeVersions(folder);
  await uploadVersions(admin, project.uuid, [files.first, samples.opaque]);
  await expect(card(page, /Mara, version 2/)).toBeVisible();
  await compareWithLive(page, 2);
  await expect(comparisonOf(page).getByRole('region', { name: 'Verdict' })).toContainText("Can't compare these files");
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the comparison has no accessibility violation, ${colorScheme}`, async ({
    openGabinet,
    admin,
    project,
    folder,
  }) => {
    const gabinet = await openGabinet({ colorScheme });
    const { page } = gabinet;
    await threeVersions(admin, project.uuid, folder);
    await gabinet.signIn(ACCOUNTS.designer);
    await gabinet.openProject(project.name);
    await compareWithLive(page, 2);
    await expect(comparisonOf(page).getByRole('region', { name: 'Verdict' })).toBeVisible();
    await areBothShown(page);
    await expectNoFaults(page);
    await comparisonOf(page).getByRole('radio', { name: 'Overlay' }).click();
    await comparisonOf(page).getByRole('button', { name: 'Morph targets renamed' }).click();
    await expectNoFaults(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(comparisonOf(page)).toHaveCount(0);
    await detailsPaneOf(page).getByRole('button', { name: 'Actions for version 2' }).click();
    await page.getByRole('menuitem', { name: 'Make live' }).click();
    await expect(question(page)).toBeVisible();
    await expectNoFaults(page);
  });
}
