import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventPayload } from '../../../shared/contract/bridge.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { readFixture } from '../../support/api-client.ts';
import {
  mustBe,
  newMachine,
  type RunningApplication,
  signIn,
  startApplication,
  until,
} from '../../support/application.ts';
import { allSent, parked } from '../../support/outbox.ts';
import { runningServer, takeAway } from '../../support/running-server.ts';
import type { TestServer } from '../../support/server.ts';
import { putVersions } from '../../support/stored-versions.ts';
import { NO_VERSION, newVersionUuid } from '../../support/uuids.ts';
import type { TestPerson } from '../../support/world.ts';

async function signedIn(server: TestServer, person: TestPerson, pollIntervalMs?: number): Promise<RunningApplication> {
  const app = await startApplication(await newMachine(), server.url, pollIntervalMs);
  await signIn(app, server.url, person);
  return app;
}

const DONE = { kind: 'done', activationUuid: expect.any(String) };

type LibraryChanged = EventPayload<'library.changed'>;

const desk = async (app: RunningApplication) =>
  mustBe(await app.library.projects()).find((project) => project.name === 'Concierge desk');

describe('the library', () => {
  it('shows only the user’s own customer’s projects, with their active versions', async () => {
    const server = await runningServer();
    const [, second] = await putVersions(server, 2, true);
    const bo = server.client(server.people.bo.token);
    await bo.mustUpload(server.projects.reception.uuid, { bytes: await readFixture('gab/minimal.gab') });
    const app = await signedIn(server, server.people.dana);
    const projects = mustBe(await app.library.projects());
    expect(projects.map((project) => [project.name, project.customerName])).toEqual([
      ['Concierge desk', 'Aurora'],
      ['Lobby kiosk', 'Aurora'],
    ]);
    expect(projects[0]).toMatchObject({
      avatarCount: 1,
      active: { versionUuid: second, name: 'Mara', version: 2 },
      activeSetBy: 'Dana',
    });
    const avatars = mustBe(await app.library.avatars({ projectUuid: server.projects.desk.uuid }));
    expect(avatars[0]?.versions.map((version) => [version.version, version.isActive])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(mustBe(await app.library.avatars({ projectUuid: server.projects.reception.uuid }))).toEqual([]);
    const picture = await app.application.media(projects[0]?.active?.thumbnailUrl ?? '');
    expect(picture).toMatchObject({ contentType: 'image/webp', immutable: true });
  });

  it('shows an admin every customer', async () => {
    const server = await runningServer();
    await putVersions(server, 1);
    const app = await signedIn(server, server.people.ada);
    expect(mustBe(await app.library.projects()).map((project) => project.customerName)).toEqual([
      'Aurora',
      'Aurora',
      'Borealis',
    ]);
    const audit = mustBe(await app.library.auditEvents({ limit: 50, offset: 0 }));
    const uploaded = audit.events.find((event) => event.action === 'avatar.uploaded');
    expect(uploaded).toMatchObject({
      actor: server.people.dana.email,
      customerName: 'Aurora',
      projectName: 'Concierge desk',
      summary: 'Uploaded Mara v1',
    });
  });

  it('refuses the audit trail to everybody else', async () => {
    const server = await runningServer();
    const app = await signedIn(server, server.people.dana);
    expect(await app.library.auditEvents({ limit: 10, offset: 0 })).toMatchObject({
      ok: false,
      failure: { code: 'forbidden' },
    });
  });

  it('follows other people’s changes and notifies the screen', async () => {
    const server = await runningServer();
    const app = await signedIn(server, server.people.dana, 100);
    const projectUuid = server.projects.desk.uuid;
    // Like the screen, which reads again whenever it is notified: the first sync notifies late.
    const shown: number[] = [];
    app.application.onEvent((event, payload) => {
      if (event !== 'library.changed' || !(payload as LibraryChanged).projectUuids.includes(projectUuid)) return;
      void app.library.avatars({ projectUuid }).then((avatars) => shown.push(mustBe(avatars).length));
    });
    await putVersions(server, 1);
    await until(() => shown.includes(1));
  });

  it('removes a deleted project', async () => {
    const server = await runningServer();
    await putVersions(server, 1);
    const app = await signedIn(server, server.people.dana);
    const ada = server.client(server.people.ada.token);
    await ada.send('DELETE', `/api/admin/projects/${server.projects.desk.uuid}`);
    mustBe(await app.library.refresh());
    expect(mustBe(await app.library.projects()).map((project) => project.name)).toEqual(['Lobby kiosk']);
    expect(mustBe(await app.library.avatars({ projectUuid: server.projects.desk.uuid }))).toEqual([]);
  });
});

describe('activating a version', () => {
  it('switches, rolls back and deactivates, each shown immediately', async () => {
    const server = await runningServer();
    const [first, second] = await putVersions(server, 2);
    const app = await signedIn(server, server.people.dana);
    const projectUuid = server.projects.desk.uuid;
    let expectedActiveUuid: VersionUuid | null = null;
    for (const versionUuid of [second, first, null]) {
      const request = { projectUuid, versionUuid: versionUuid ?? null, expectedActiveUuid };
      expect(await app.library.activate(request)).toEqual({ ok: true, value: DONE });
      expectedActiveUuid = versionUuid ?? null;
      expect((await desk(app))?.active?.versionUuid ?? null).toBe(expectedActiveUuid);
    }
    expect((await desk(app))?.activeSetBy).toBe('Dana');
    await allSent(app);
    expect(await desk(app)).toMatchObject({ active: null, activeSetBy: 'Dana', isActivationWaiting: false });
  });

  it('becomes a conflict if somebody else has switched since, with who, when, the version and its picture', async () => {
    const server = await runningServer();
    const [first, second] = await putVersions(server, 2);
    const [dana, ada] = [await signedIn(server, server.people.dana), await signedIn(server, server.people.ada)];
    const projectUuid = server.projects.desk.uuid;
    const switchTo = (versionUuid = NO_VERSION, expectedActiveUuid: VersionUuid | null = null) => ({
      projectUuid,
      versionUuid,
      expectedActiveUuid,
    });
    mustBe(await ada.library.activate(switchTo(second)));
    await allSent(ada);
    expect(mustBe(await dana.library.activate(switchTo(first)))).toEqual(DONE);
    const [asked] = await parked(dana, 'conflict');
    expect(asked).toMatchObject({
      kind: 'activate',
      projectName: 'Concierge desk',
      subject: { versionUuid: first, name: 'Mara', version: 1 },
      theirs: { active: { versionUuid: second, name: 'Mara', version: 2 }, fields: null, by: 'Ada' },
    });
    expect(Date.parse(asked?.theirs?.at ?? '')).toBeGreaterThan(Date.now() - 60_000);
    expect(await dana.application.media(asked?.theirs?.active?.thumbnailUrl ?? '')).not.toBeNull();
    expect(await desk(dana)).toMatchObject({ active: { versionUuid: second }, isActivationWaiting: false });
    await dana.operations.resolve({ ids: [asked?.id ?? ''], choice: 'mine' });
    expect(await desk(dana)).toMatchObject({ active: { versionUuid: first }, isActivationWaiting: true });
    await allSent(dana);
    mustBe(await ada.library.refresh());
    expect((await desk(ada))?.active?.versionUuid).toBe(first);
  });

  it('explains why a version cannot be activated', async () => {
    const server = await runningServer();
    const dana = server.client(server.people.dana.token);
    const bytes = await readFixture('hostile/opaque-raw-glb.gab');
    const stored = await dana.mustUpload(server.projects.desk.uuid, { bytes });
    const app = await signedIn(server, server.people.dana);
    const request = { projectUuid: server.projects.desk.uuid, versionUuid: stored.uuid, expectedActiveUuid: null };
    expect(await app.library.activate(request)).toMatchObject({
      ok: false,
      failure: { code: 'version_not_activatable' },
    });
  });

  it('is refused for a viewer', async () => {
    const server = await runningServer();
    const [first] = await putVersions(server, 1);
    const app = await signedIn(server, server.people.viktor);
    const request = { projectUuid: server.projects.desk.uuid, versionUuid: first ?? null, expectedActiveUuid: null };
    expect(await app.library.activate(request)).toMatchObject({ ok: false, failure: { code: 'read_only' } });
    expect(mustBe(await app.library.avatars({ projectUuid: server.projects.desk.uuid }))).toHaveLength(1);
  });
});

describe('editing', () => {
  it('changes name and tags of an avatar and the note of one version', async () => {
    const server = await runningServer();
    const [first, second] = await putVersions(server, 2);
    const app = await signedIn(server, server.people.dana);
    const edit = {
      versionUuid: first ?? NO_VERSION,
      name: 'Mara 白',
      tags: ['formal', 'front desk'],
      description: 'one\ntwo',
    };
    expect(mustBe(await app.library.edit(edit))).toMatchObject({ uuid: first, description: 'one\ntwo' });
    const [avatar] = mustBe(await app.library.avatars({ projectUuid: server.projects.desk.uuid }));
    expect(avatar).toMatchObject({ name: 'Mara 白', tags: ['formal', 'front desk'] });
    expect(avatar?.versions.find((version) => version.uuid === second)?.description).toBe('');
    expect(avatar?.waiting).toEqual(['edit']);
    await allSent(app);
    const [acknowledged] = mustBe(await app.library.avatars({ projectUuid: server.projects.desk.uuid }));
    expect(acknowledged).toEqual({ ...avatar, waiting: [] });
  });

  it('rejects what the contract does not allow before it reaches the server', async () => {
    const server = await runningServer();
    const app = await signedIn(server, server.people.dana);
    expect(await app.library.edit({ versionUuid: newVersionUuid(), name: '' })).toMatchObject({
      ok: false,
      failure: { code: 'invalid_request', errors: [{ where: 'body.name', rule: 'empty' }] },
    });
    await expect(app.library.avatars({ projectUuid: '../etc' })).rejects.toThrow('Bad input');
  });
});

describe('the trash', () => {
  it('accepts the active version, and restoring it activates it again', async () => {
    const server = await runningServer();
    const [, second] = await putVersions(server, 2, true);
    const app = await signedIn(server, server.people.dana);
    const projectUuid = server.projects.desk.uuid;
    const trashed = mustBe(await app.library.moveToTrash({ versionUuid: second ?? NO_VERSION, scope: 'avatar' }));
    expect(trashed.versionUuids).toHaveLength(2);
    expect(trashed.wasActiveUuid).toBe(second);
    expect(mustBe(await app.library.avatars({ projectUuid }))).toEqual([]);
    expect(mustBe(await app.library.trash())[0]?.versions).toHaveLength(2);
    expect(await desk(app)).toMatchObject({ avatarCount: 0, active: null });
    const undo = { versionUuids: trashed.versionUuids, activateUuid: trashed.wasActiveUuid };
    expect(mustBe(await app.library.restore(undo))).toEqual({ restored: 2, reactivated: true });
    expect((await desk(app))?.active?.versionUuid).toBe(second);
    expect(mustBe(await app.library.trash())).toEqual([]);
    await allSent(app);
    expect((await desk(app))?.active?.versionUuid).toBe(second);
  });

  it('restores a version without replacing one that was activated since', async () => {
    const server = await runningServer();
    const [first, second] = await putVersions(server, 2, true);
    const [dana, ada] = [await signedIn(server, server.people.dana), await signedIn(server, server.people.ada)];
    const trashed = mustBe(await dana.library.moveToTrash({ versionUuid: second ?? NO_VERSION, scope: 'version' }));
    await allSent(dana);
    mustBe(
      await ada.library.activate({
        projectUuid: server.projects.desk.uuid,
        versionUuid: first ?? null,
        expectedActiveUuid: null,
      }),
    );
    await allSent(ada);
    const undo = { versionUuids: trashed.versionUuids, activateUuid: trashed.wasActiveUuid };
    mustBe(await dana.library.restore(undo));
    await allSent(dana);
    expect((await desk(dana))?.active?.versionUuid).toBe(first);
    expect(mustBe(await dana.library.trash())).toEqual([]);
  });
});

describe('without a server', () => {
  it('shows everything that was synced before, with pictures, and explains what needs the server', async () => {
    const server = await runningServer();
    await putVersions(server, 2, true);
    const machine = await newMachine();
    const online = await startApplication(machine, server.url);
    await signIn(online, server.url, server.people.dana);
    const projectUuid = server.projects.desk.uuid;
    const seen = {
      projects: mustBe(await online.library.projects()),
      avatars: mustBe(await online.library.avatars({ projectUuid })),
    };
    const urls = seen.avatars.flatMap((avatar) => avatar.versions.map((version) => version.thumbnailUrl ?? ''));
    // Nobody looked at the pictures; they were fetched in the background.
    await until(async () => {
      const [account = ''] = await readdir(join(machine.userDataDir, 'accounts'));
      return (await readdir(join(machine.userDataDir, 'accounts', account, 'pictures'))).length === urls.length;
    });
    await online.stop();
    await takeAway(server);

    const offline = await startApplication(machine, server.url);
    const state = await offline.session.get();
    expect(state).toMatchObject({ user: { name: 'Dana' }, notice: null });
    expect(state.syncedAt).not.toBeNull();
    expect(mustBe(await offline.library.projects())).toEqual(seen.projects);
    expect(mustBe(await offline.library.avatars({ projectUuid }))).toEqual(seen.avatars);
    for (const url of urls) expect((await offline.application.media(url))?.bytes.byteLength).toBeGreaterThan(100);
    await until(async () => (await offline.session.get()).connection === 'offline');
    const outcomes = [await offline.library.refresh(), await offline.library.auditEvents({ limit: 10, offset: 0 })];
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'offline', serverUrl: server.url } });
    }
    expect(mustBe(await offline.library.avatars({ projectUuid }))).toEqual(seen.avatars);
  });
});
