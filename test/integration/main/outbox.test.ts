import { describe, expect, it } from 'vitest';
import { mustBe, type RunningApplication, startApplication, until } from '../../support/application.ts';
import { colleague, goOffline, OFFICE_POLL_MS, openOffice, shownProject } from '../../support/office.ts';
import { allSent, parked } from '../../support/outbox.ts';
import type { TestServer } from '../../support/server.ts';
import { NO_VERSION, newVersionUuid } from '../../support/uuids.ts';

const mara = async (app: RunningApplication, projectUuid: string) =>
  mustBe(await app.library.avatars({ projectUuid }))[0];

/** The audit trail of what people did to avatars, oldest first. */
async function deeds(server: TestServer): Promise<string[]> {
  const { rows } = await server.database.pool.query(
    `select action from audit_events where action in
       ('avatar.activated', 'avatar.deactivated', 'avatar.edited', 'avatar.trashed', 'avatar.restored') order by id`,
  );
  return rows.map((row: { action: string }) => row.action);
}

describe('without a server', () => {
  it('edits show at once, survive a restart, and are sent in order', async () => {
    const { server, wire, machine, app, projectUuid, uuids } = await openOffice();
    const [first = NO_VERSION, second = NO_VERSION] = uuids;
    const before = await deeds(server);
    await goOffline({ wire, app });
    mustBe(await app.library.activate({ projectUuid, versionUuid: first, expectedActiveUuid: second }));
    mustBe(await app.library.edit({ versionUuid: second, name: 'Mara 2', description: 'softer light' }));
    mustBe(await app.library.edit({ versionUuid: second, name: 'Mara 3' }));
    const trashed = mustBe(await app.library.moveToTrash({ versionUuid: first, scope: 'version' }));
    expect(trashed).toEqual({ versionUuids: [first], wasActiveUuid: first });
    expect(await shownProject(app, projectUuid)).toMatchObject({ active: null });
    const undo = { versionUuids: trashed.versionUuids, activateUuid: trashed.wasActiveUuid };
    expect(mustBe(await app.library.restore(undo))).toEqual({ restored: 1, reactivated: true });
    await app.stop();

    const again = await startApplication(machine, wire.url, OFFICE_POLL_MS);
    const kinds = mustBe(await again.operations.list()).map((one) => one.kind);
    expect(kinds).toEqual(['activate', 'edit', 'edit', 'trash', 'restore', 'activate']);
    expect(await shownProject(again, projectUuid)).toMatchObject({
      active: { versionUuid: first },
      confirmedActive: { versionUuid: second },
      activeSetBy: 'Dana',
      isActivationWaiting: true,
    });
    const shown = await mara(again, projectUuid);
    expect(shown).toMatchObject({ name: 'Mara 3', waiting: ['activate', 'edit', 'trash', 'restore'] });
    expect(await deeds(server)).toEqual(before);

    wire.restore();
    await allSent(again);
    expect((await deeds(server)).slice(before.length)).toEqual([
      'avatar.deactivated',
      'avatar.activated',
      'avatar.edited',
      'avatar.edited',
      'avatar.deactivated',
      'avatar.trashed',
      'avatar.restored',
      'avatar.activated',
    ]);
    const versions = shown?.versions.map((version) => ({ ...version, isConfirmedActive: version.isActive }));
    expect(await mara(again, projectUuid)).toEqual({ ...shown, waiting: [], versions });
    expect(await shownProject(again, projectUuid)).toMatchObject({
      active: { versionUuid: first },
      confirmedActive: { versionUuid: first },
      isActivationWaiting: false,
    });
    await until(() => again.payloads('operations.changed').at(-1)?.length === 0);
  });

  it('a later edit is based on pending ones', async () => {
    const { wire, app, projectUuid, uuids, server } = await openOffice();
    const [first = NO_VERSION, second = NO_VERSION] = uuids;
    await goOffline({ wire, app });
    for (const [versionUuid, expectedActiveUuid] of [
      [null, second],
      [first, null],
      [second, first],
    ] as const) {
      mustBe(await app.library.activate({ projectUuid, versionUuid, expectedActiveUuid }));
    }
    wire.restore();
    await allSent(app);
    expect(await shownProject(app, projectUuid)).toMatchObject({ active: { versionUuid: second } });
    const ada = await colleague(server, server.people.ada);
    expect(await shownProject(ada, projectUuid)).toMatchObject({ active: { versionUuid: second } });
  });

  it('an impossible edit is refused and not stored', async () => {
    const { wire, app, projectUuid, uuids } = await openOffice();
    await goOffline({ wire, app });
    const unknown = { projectUuid, versionUuid: newVersionUuid(), expectedActiveUuid: null };
    expect(await app.library.activate(unknown)).toMatchObject({ ok: false, failure: { code: 'version_gone' } });
    mustBe(await app.library.moveToTrash({ versionUuid: uuids[0] ?? NO_VERSION, scope: 'version' }));
    const edited = await app.library.edit({ versionUuid: uuids[0] ?? NO_VERSION, description: 'x' });
    expect(edited).toMatchObject({ ok: false, failure: { code: 'version_trashed' } });
    expect(mustBe(await app.operations.list()).map((one) => one.kind)).toEqual(['trash']);
  });
});

describe('a response that never arrived', () => {
  it('is requested again with the same key, so that nothing is done twice', async () => {
    const { server, wire, app, uuids, projectUuid } = await openOffice();
    const before = await deeds(server);
    let lost = 0;
    wire.onAnswer = (bytes) => {
      if (lost > 0 || !bytes.includes('"tags":["formal"]')) return false;
      lost += 1;
      return true;
    };
    mustBe(await app.library.edit({ versionUuid: uuids[0] ?? NO_VERSION, tags: ['formal'] }));
    await allSent(app);
    expect(lost).toBe(1);
    expect((await deeds(server)).slice(before.length)).toEqual(['avatar.edited']);
    expect(await mara(app, projectUuid)).toMatchObject({ tags: ['formal'], waiting: [] });
  });

  it('does not undo a later change of a colleague', async () => {
    const { server, wire, machine, app, projectUuid, uuids } = await openOffice();
    const [first = NO_VERSION, second = NO_VERSION] = uuids;
    const ada = await colleague(server, server.people.ada);
    // The server does it, but the client dies before it receives the response.
    wire.onAnswer = (bytes) => bytes.includes('active_avatar_uuid');
    mustBe(await app.library.activate({ projectUuid, versionUuid: first, expectedActiveUuid: second }));
    await until(async () => {
      mustBe(await ada.library.refresh());
      return (await shownProject(ada, projectUuid))?.active?.versionUuid === first;
    });
    await app.stop();
    mustBe(await ada.library.activate({ projectUuid, versionUuid: second, expectedActiveUuid: first }));
    await allSent(ada);
    wire.onAnswer = null;
    const again = await startApplication(machine, wire.url, OFFICE_POLL_MS);
    await allSent(again);
    expect(await shownProject(again, projectUuid)).toMatchObject({
      active: { versionUuid: second },
      activeSetBy: 'Ada',
    });
  });
});

describe('two people who edit the same thing', () => {
  it('get a conflict after renaming it both, which either choice settles', async () => {
    for (const choice of ['theirs', 'mine'] as const) {
      const { server, wire, app, projectUuid, uuids } = await openOffice();
      const versionUuid = uuids[1] ?? NO_VERSION;
      const ada = await colleague(server, server.people.ada);
      await goOffline({ wire, app });
      mustBe(await app.library.edit({ versionUuid, name: 'Mara of Dana', description: 'by Dana' }));
      mustBe(await ada.library.edit({ versionUuid, name: 'Mara of Ada' }));
      await allSent(ada);
      wire.restore();
      const [asked] = await parked(app, 'conflict');
      expect(asked).toMatchObject({
        kind: 'edit',
        subject: { versionUuid, version: 2 },
        fields: { name: 'Mara of Dana', description: 'by Dana' },
        theirs: { active: null, fields: { name: 'Mara of Ada', description: '' }, by: 'Ada' },
      });
      expect(await mara(app, projectUuid)).toMatchObject({ name: 'Mara of Ada', waiting: [] });
      await app.operations.resolve({ ids: [asked?.id ?? ''], choice });
      await allSent(app);
      mustBe(await ada.library.refresh());
      const name = choice === 'mine' ? 'Mara of Dana' : 'Mara of Ada';
      for (const one of [app, ada]) expect(await mara(one, projectUuid)).toMatchObject({ name });
    }
  });

  it('get no conflict for different fields or equal values', async () => {
    const { server, wire, app, projectUuid, uuids } = await openOffice();
    const versionUuid = uuids[1] ?? NO_VERSION;
    const ada = await colleague(server, server.people.ada);
    await goOffline({ wire, app });
    mustBe(await app.library.edit({ versionUuid, tags: ['formal'], description: 'agreed' }));
    mustBe(await ada.library.edit({ versionUuid, name: 'Mara of Ada', description: 'agreed' }));
    await allSent(ada);
    wire.restore();
    await allSent(app);
    mustBe(await ada.library.refresh());
    for (const one of [app, ada]) {
      expect(await mara(one, projectUuid)).toMatchObject({ name: 'Mara of Ada', tags: ['formal'] });
    }
  });

  it('get one conflict, about the last edit, which a new edit settles', async () => {
    const { server, wire, app, projectUuid, uuids } = await openOffice();
    const [first = NO_VERSION, second = NO_VERSION] = uuids;
    const ada = await colleague(server, server.people.ada);
    await goOffline({ wire, app });
    mustBe(await app.library.activate({ projectUuid, versionUuid: first, expectedActiveUuid: second }));
    mustBe(await app.library.moveToTrash({ versionUuid: second, scope: 'version' }));
    mustBe(await ada.library.activate({ projectUuid, versionUuid: null, expectedActiveUuid: second }));
    await allSent(ada);
    wire.restore();
    const [asked] = await parked(app, 'conflict');
    expect(asked).toMatchObject({
      kind: 'activate',
      subject: { versionUuid: first },
      theirs: { active: null, by: 'Ada' },
    });
    mustBe(await app.library.activate({ projectUuid, versionUuid: first, expectedActiveUuid: null }));
    await allSent(app);
    expect(await shownProject(app, projectUuid)).toMatchObject({ active: { versionUuid: first }, activeSetBy: 'Dana' });
  });

  it('lose the conflict when the other one makes the same edit', async () => {
    const { server, wire, app, projectUuid, uuids } = await openOffice();
    const [first = NO_VERSION, second = NO_VERSION] = uuids;
    const ada = await colleague(server, server.people.ada);
    await goOffline({ wire, app });
    mustBe(await app.library.activate({ projectUuid, versionUuid: first, expectedActiveUuid: second }));
    mustBe(await ada.library.activate({ projectUuid, versionUuid: null, expectedActiveUuid: second }));
    await allSent(ada);
    wire.restore();
    await parked(app, 'conflict');
    mustBe(await ada.library.activate({ projectUuid, versionUuid: first, expectedActiveUuid: null }));
    await allSent(app);
    expect(await shownProject(app, projectUuid)).toMatchObject({ active: { versionUuid: first }, activeSetBy: 'Ada' });
  });
});

describe('an operation that the server refuses for good', () => {
  it('is parked with the reason, blocks no other, and can be retried or dropped', async () => {
    const { server, wire, app, projectUuid, uuids } = await openOffice();
    const [first = NO_VERSION, second = NO_VERSION] = uuids;
    const ada = await colleague(server, server.people.ada);
    await goOffline({ wire, app });
    mustBe(await app.library.edit({ versionUuid: first, description: 'of a version that goes' }));
    mustBe(await app.library.edit({ versionUuid: second, name: 'Mara 2' }));
    mustBe(await ada.library.moveToTrash({ versionUuid: first, scope: 'version' }));
    await allSent(ada);
    wire.restore();
    const [refused] = await parked(app, 'refused');
    expect(refused).toMatchObject({ kind: 'edit', failure: { code: 'trashed' }, subject: { versionUuid: first } });
    await until(async () => (await mara(app, projectUuid))?.versions.length === 1);
    expect(await mara(app, projectUuid)).toMatchObject({ name: 'Mara 2', waiting: [] });

    wire.pause();
    await app.operations.retry({ ids: [refused?.id ?? ''] });
    await until(async () => mustBe(await app.operations.list()).some(({ state }) => state === 'sending'));
    wire.resume();
    await parked(app, 'refused');
    mustBe(await app.library.restore({ versionUuids: [first], activateUuid: null }));
    await until(async () => mustBe(await app.operations.list()).length === 1);
    await app.operations.retry({ ids: [refused?.id ?? ''] });
    await allSent(app);
    const versions = (await mara(app, projectUuid))?.versions;
    expect(versions?.find((one) => one.uuid === first)?.description).toBe('of a version that goes');
  });

  it('is removed when it is dropped, so that the state of the server shows', async () => {
    const { server, wire, app, projectUuid, uuids } = await openOffice();
    const [first = NO_VERSION] = uuids;
    const ada = await colleague(server, server.people.ada);
    await goOffline({ wire, app });
    mustBe(await app.library.edit({ versionUuid: first, description: 'mine' }));
    mustBe(await ada.library.moveToTrash({ versionUuid: first, scope: 'version' }));
    await allSent(ada);
    wire.restore();
    const [refused] = await parked(app, 'refused');
    await app.operations.drop({ ids: [refused?.id ?? ''] });
    expect(mustBe(await app.operations.list())).toEqual([]);
    mustBe(await app.library.refresh());
    expect((await mara(app, projectUuid))?.versions).toHaveLength(1);
  });
});
