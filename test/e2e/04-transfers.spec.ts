import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildBundle } from '../support/bundle-builder.ts';
import { ACCOUNTS } from './support/api.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import { card, chooseFiles, openTray, sheetOf, transfer, upload } from './support/screen.ts';
import { unseenText, writeBundle } from './support/unseen.ts';

/** Longer than any test, so that the application never polls. */
const NEVER_MS = 3_600_000;
/** Slow enough to watch a megabyte, fast enough for a test. */
const SLOW_LINE_BYTES_PER_SECOND = 50_000;
const MAX_BUNDLE_BYTES = 52_428_800;
/** How much the peak memory of the server may grow for one bundle of 50 MiB. */
const MAX_SERVER_GROWTH_KIB = 64 * 1024;

test('the tray shows "On the server" after the server has committed the upload', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  await upload(page, [samples.robot]);
  await openTray(page);
  await expect(transfer(page, 'robot-expressive.gab')).toContainText(/on the server/i);
  expect((await admin.avatars(project.uuid)).total).toBe(1);
});

test('a bundle of exactly 50 MiB is uploaded byte for byte, with little memory on the server', async ({
  gabinet,
  admin,
  project,
  server,
  folder,
}) => {
  test.skip(process.platform !== 'linux', 'reads the peak memory from /proc');
  const { page } = gabinet;
  await upload(page, [samples.minimal]);
  await expect(card(page, /Minimal/)).toBeVisible();
  const before = await peakMemoryKib(server.pid);
  const path = join(folder, 'heavy.gab');
  await writeFile(path, buildBundle({ name: 'Heavy', sizeBytes: MAX_BUNDLE_BYTES }));
  await upload(page, [path]);
  await expect(card(page, /Heavy, version 1/)).toContainText('52.4 MB', { timeout: 60_000 });
  expect((await peakMemoryKib(server.pid)) - before).toBeLessThan(MAX_SERVER_GROWTH_KIB);
  const { avatars } = await admin.avatars(project.uuid);
  expect(avatars.find(({ name }) => name === 'Heavy')?.file_size).toBe(MAX_BUNDLE_BYTES);
});

test('during uploads the tray shows the bytes received by the server, the speed and the total', async ({
  openGabinet,
  wire,
  project,
  folder,
}) => {
  const gabinet = await openGabinet({ serverUrl: wire.url });
  await gabinet.signIn(ACCOUNTS.designer);
  await gabinet.openProject(project.name);
  const { page } = gabinet;
  const path = await writeBundle(folder, 'Traveler', { documents: [unseenText(1_000_000)] });
  wire.bytesPerSecond = SLOW_LINE_BYTES_PER_SECOND;
  await upload(page, [path]);
  await openTray(page);
  const row = transfer(page, 'traveler.gab');
  await expect(row.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /[1-9]/);
  await expect(row).toContainText(/B\/s/);
  // It stays half uploaded until the test has seen it.
  wire.pause();
  await expect(row).toContainText(/of 1\.0 MB uploaded/);
  await expect(card(page, /Traveler/)).toHaveAccessibleName(/sending/i);
  wire.bytesPerSecond = null;
  wire.resume();
  await expect(row).toContainText(/on the server/i);
  await expect(card(page, /Traveler, version 1, live/)).toBeVisible();
});

test('pieces that the customer already has are not sent again', async ({ openGabinet, wire, project, admin }) => {
  const gabinet = await openGabinet({ serverUrl: wire.url });
  await gabinet.signIn(ACCOUNTS.designer);
  await gabinet.openProject(project.name);
  const { page } = gabinet;
  const before = wire.sentBytes;
  await upload(page, [samples.mage]);
  await expect(card(page, /Mage, version 1, live/)).toBeVisible();
  // The demo has the same bundle of 1.2 MB in another project.
  expect(wire.sentBytes - before).toBeLessThan(600_000);
  expect((await admin.avatars(project.uuid)).total).toBe(1);
});

test('after a lost connection an upload is retried, unless it was canceled', async ({
  openGabinet,
  wire,
  admin,
  project,
}) => {
  // Without polling, the upload is what detects the lost connection.
  const gabinet = await openGabinet({ serverUrl: wire.url, pollMs: NEVER_MS });
  await gabinet.signIn(ACCOUNTS.designer);
  await gabinet.openProject(project.name);
  const { page } = gabinet;
  await chooseFiles(page, [samples.robin, samples.minimal]);
  const button = sheetOf(page).getByRole('button', { name: 'Upload 2 avatars' });
  await expect(button).toBeEnabled();
  wire.cut();
  await button.click();
  await openTray(page);
  await transfer(page, 'minimal.gab').getByRole('button', { name: 'Cancel minimal.gab' }).click();
  await expect(transfer(page, 'minimal.gab')).toContainText('Canceled');
  await expect(transfer(page, 'portrait-2d.gab')).toContainText('No connection');
  wire.restore();
  // It would resume automatically within a minute; Retry is quicker.
  const retry = transfer(page, 'portrait-2d.gab').getByRole('button', { name: 'Retry portrait-2d.gab' });
  await expect(async () => {
    // It may resume before the button is pressed.
    if (await retry.isVisible()) await retry.click({ timeout: 1000 });
    await expect(transfer(page, 'portrait-2d.gab')).toContainText(/on the server/i, { timeout: 5000 });
  }).toPass();
  await expect(card(page, /Robin/)).toBeVisible();
  await expect(card(page, /Minimal/)).toHaveCount(0);
  expect((await admin.avatars(project.uuid)).total).toBe(1);
});

async function peakMemoryKib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]);
}
