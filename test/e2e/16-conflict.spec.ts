import type { AvatarUploadResponse } from '../../shared/api/avatars.ts';
import type { TcpProxy } from '../support/tcp-wire.ts';
import { ACCOUNTS, type ApiUser } from './support/api.ts';
import type { GabinetApplication } from './support/application.ts';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import {
  card,
  changes,
  compareWithLive,
  conflictsOf,
  expectPictureIn,
  liveName,
  liveNow,
  makeLive,
  offlineNote,
  openTray,
  rename,
} from './support/screen.ts';

/** Longest wait for a window to reconnect and to receive the changes of the other user. */
const MEETING_MS = 60_000;

interface Avatars {
  readonly mara: AvatarUploadResponse;
  readonly fay: AvatarUploadResponse;
  readonly otto: AvatarUploadResponse;
}

/** Mara is live; Fay and Otto are not. */
async function prepare(admin: ApiUser, projectUuid: string): Promise<Avatars> {
  const quietly = (name: string) => ({ fields: { name, activate: 'false' } });
  return {
    mara: await admin.upload(projectUuid, samples.minimal, { fields: { name: 'Mara' } }),
    fay: await admin.upload(projectUuid, samples.robin, quietly('Fay')),
    otto: await admin.upload(projectUuid, samples.robot, quietly('Otto')),
  };
}

/** Cuts Dana's connection, does `work` while she is offline, and restores the connection. */
async function whileOffline(dana: GabinetApplication, wire: TcpProxy, work: () => Promise<unknown>): Promise<void> {
  wire.cut();
  await expect(offlineNote(dana.page)).toBeVisible({ timeout: MEETING_MS });
  await work();
  wire.restore();
  await expect(offlineNote(dana.page)).toBeHidden({ timeout: MEETING_MS });
}

const editTo = (admin: ApiUser, avatar: AvatarUploadResponse, fields: Record<string, unknown>): Promise<unknown> =>
  admin.request('PATCH', `/api/customer/avatars/${avatar.uuid}`, fields);

async function namesOf(admin: ApiUser, projectUuid: string): Promise<string[]> {
  const { avatars } = await admin.avatars(projectUuid);
  return avatars.map(({ name, is_active }) => (is_active ? `${name}, live` : name)).toSorted();
}

test.describe('two designers', () => {
  test.setTimeout(240_000);

  test('who make different avatars live see both side by side, and one applies their own', async ({
    openGabinet,
    wire,
    admin,
    project,
  }) => {
    await prepare(admin, project.uuid);
    const dana = await openGabinet({ serverUrl: wire.url });
    await dana.signIn(ACCOUNTS.designer);
    await dana.openProject(project.name);
    const ada = await openGabinet();
    await ada.signIn(ACCOUNTS.admin);
    await ada.openProject(project.name);
    await expect(liveName(dana.page)).toContainText('Mara');
    await compareWithLive(dana.page, /Otto/);
    await whileOffline(dana, wire, async () => {
      await makeLive(dana.page, /Otto/);
      await expect(liveName(dana.page)).toContainText('Otto');
      await expect(liveNow(dana.page)).toContainText("Goes live when you're back online");
      await makeLive(ada.page, /Fay/);
      await expect.poll(() => namesOf(admin, project.uuid)).toContain('Fay, live');
    });

    const conflicts = conflictsOf(dana.page);
    await expect(conflicts).toContainText('Fay v1', { timeout: MEETING_MS });
    await expect(conflicts).toContainText('by Ada');
    await expect(conflicts).toContainText('Otto v1');
    await expectPictureIn(conflicts);
    await expect(conflicts.locator('img')).toHaveCount(2);
    // Until the conflict is resolved, the state of the server is shown.
    await expect(liveName(dana.page)).toContainText('Fay');
    await openTray(dana.page);
    await expect(changes(dana.page).filter({ hasText: 'Make Otto v1 live' })).toContainText('Conflict');
    await expectNoFaults(dana.page);
    await conflicts.getByRole('button', { name: 'Make mine live' }).click();
    await expect(conflicts).toBeHidden();
    await expect(liveName(dana.page)).toContainText('Otto');
    await expect(liveName(ada.page)).toContainText('Otto', { timeout: MEETING_MS });
    await expect.poll(() => namesOf(admin, project.uuid)).toEqual(['Fay', 'Mara', 'Otto, live']);
  });

  test('who edit the same fields see both values, and one keeps theirs or applies their own', async ({
    openGabinet,
    wire,
    admin,
    project,
  }) => {
    const { otto } = await prepare(admin, project.uuid);
    const dana = await openGabinet({ serverUrl: wire.url });
    await dana.signIn(ACCOUNTS.designer);
    await dana.openProject(project.name);
    await expect(card(dana.page, /Otto/)).toBeVisible();
    const conflicts = conflictsOf(dana.page);

    await whileOffline(dana, wire, async () => {
      await rename(dana.page, /Otto/, 'Otto of Dana');
      await editTo(admin, otto, { name: 'Otto of Ada' });
    });
    const row = conflicts.getByRole('row', { name: /^Name/ });
    await expect(row).toContainText('Otto of Ada', { timeout: MEETING_MS });
    await expect(row).toContainText('Otto of Dana');
    await expect(conflicts).toContainText('by Ada');
    await expect(card(dana.page, /Otto of Ada/)).toBeVisible();
    await conflicts.getByRole('button', { name: 'Keep theirs' }).click();
    await expect(conflicts).toBeHidden();
    await expect(card(dana.page, /Otto of Ada, version 1$/)).toBeVisible();

    await whileOffline(dana, wire, async () => {
      await rename(dana.page, /Otto/, 'Otto the Second');
      await editTo(admin, otto, { name: 'Otto the Third' });
    });
    await conflicts.getByRole('button', { name: 'Apply mine' }).click({ timeout: MEETING_MS });
    await expect(card(dana.page, /Otto the Second, version 1$/)).toBeVisible({ timeout: MEETING_MS });
    await expect.poll(() => namesOf(admin, project.uuid)).toEqual(['Fay', 'Mara, live', 'Otto the Second']);
  });

  test('with several conflicts can resolve all of them at once', { tag: '@nightly' }, async ({
    openGabinet,
    wire,
    admin,
    project,
  }) => {
    const { mara, fay } = await prepare(admin, project.uuid);
    const dana = await openGabinet({ serverUrl: wire.url });
    await dana.signIn(ACCOUNTS.designer);
    await dana.openProject(project.name);
    await expect(card(dana.page, /Otto/)).toBeVisible();
    await compareWithLive(dana.page, /Otto/);
    const conflicts = conflictsOf(dana.page);
    const collide = (suffix: string): Promise<void> =>
      whileOffline(dana, wire, async () => {
        await rename(dana.page, /Mara/, `Mara mine ${suffix}`);
        await rename(dana.page, /Fay/, `Fay mine ${suffix}`);
        await makeLive(dana.page, /Otto/);
        await expect(liveName(dana.page)).toContainText('Otto');
        await editTo(admin, mara, { name: `Mara theirs ${suffix}` });
        await editTo(admin, fay, { name: `Fay theirs ${suffix}` });
        await admin.setActive(project.uuid, fay.uuid, mara.uuid);
      });

    await collide('one');
    await expect(conflicts.getByRole('listitem')).toHaveCount(3, { timeout: MEETING_MS });
    await conflicts.getByRole('button', { name: 'Keep all of theirs' }).click();
    await expect(conflicts).toBeHidden();
    await expect.poll(() => namesOf(admin, project.uuid)).toEqual(['Fay theirs one, live', 'Mara theirs one', 'Otto']);

    await admin.setActive(project.uuid, mara.uuid, fay.uuid);
    await expect(liveName(dana.page)).toContainText('Mara theirs one', { timeout: MEETING_MS });
    await collide('two');
    await expect(conflicts.getByRole('listitem')).toHaveCount(3, { timeout: MEETING_MS });
    await openTray(dana.page);
    await expect(changes(dana.page)).toHaveCount(3);
    await conflicts.getByRole('button', { name: 'Apply all of mine' }).click();
    await expect(conflicts).toBeHidden();
    await expect(changes(dana.page)).toHaveCount(0, { timeout: MEETING_MS });
    await expect.poll(() => namesOf(admin, project.uuid)).toEqual(['Fay mine two', 'Mara mine two', 'Otto, live']);
  });
});
