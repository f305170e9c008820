import { describe, expect, it } from 'vitest';
import type { ProjectView } from '../../../shared/contract/library.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { fixturePath } from '../../support/api-client.ts';
import { chosenFile, mustBe, type RunningApplication, until, upload } from '../../support/application.ts';
import { colleague, goOffline, type Office, openOffice, shownProject } from '../../support/office.ts';
import { allSent, parked } from '../../support/outbox.ts';
import { NO_VERSION } from '../../support/uuids.ts';

/** Mara's versions 1 and 2, and the activation by which the second one is active. */
async function office() {
  const opened = await openOffice();
  const [first = NO_VERSION, second = NO_VERSION] = opened.uuids;
  const [newest] = await history(opened.app, opened.projectUuid);
  return { ...opened, first, second, uploaded: newest?.uuid ?? '' };
}

const history = async (app: RunningApplication, uuid: string) => (await shownProject(app, uuid))?.activations ?? [];
const inShort = (activations: ProjectView['activations']) =>
  activations.map(({ from, to, how, by, isWaiting }) => [
    from?.version ?? null,
    to?.version ?? null,
    how,
    by,
    ...(isWaiting ? ['waiting'] : []),
  ]);

/** What the server's history has, newest first. */
async function onServer({ server, projectUuid }: Office) {
  const path = `/api/customer/projects/${projectUuid}/activations?limit=200`;
  const { activations } = await (await server.client(server.people.dana.token).get(path)).json();
  return activations as { uuid: string; how: string; set_by: string; to: { version: number } | null }[];
}

describe('the activation history on this machine', () => {
  it('comes with the library, and begins with what is pending', async () => {
    const desk = await office();
    const { app, projectUuid, first, second } = desk;
    const uploads = [
      [1, 2, 'upload', 'Dana'],
      [null, 1, 'upload', 'Dana'],
    ];
    expect(inShort(await history(app, projectUuid))).toEqual(uploads);
    await goOffline(desk);
    const request = { projectUuid, versionUuid: first, expectedActiveUuid: second, how: 'rollback' as const };
    const { activationUuid } = mustBe(await app.library.activate(request));
    mustBe(await app.library.moveToTrash({ versionUuid: first, scope: 'version' }));
    const pending = await history(app, projectUuid);
    expect(inShort(pending)).toEqual([
      [1, null, 'trash', 'Dana', 'waiting'],
      [2, 1, 'rollback', 'Dana', 'waiting'],
      ...uploads,
    ]);
    expect(pending[1]?.uuid).toBe(activationUuid);
    desk.wire.restore();
    await allSent(app);
    const after = await history(app, projectUuid);
    expect(after.map(({ uuid, isWaiting }) => [uuid, isWaiting])).toEqual(pending.map(({ uuid }) => [uuid, false]));
    expect((await onServer(desk)).map(({ uuid }) => uuid)).toEqual(after.map(({ uuid }) => uuid));
  });

  it('knows an upload by the UUID of its transfer', async () => {
    const { app, projectUuid } = await office();
    const [transfer] = await upload(app, projectUuid, [chosenFile(fixturePath('gab/minimal.gab'))]);
    await until(async () => (await history(app, projectUuid))[0]?.uuid === transfer?.id);
    expect((await history(app, projectUuid))[0]).toMatchObject({
      how: 'upload',
      to: { versionUuid: transfer?.versionUuid },
    });
  });
});

describe('undoing an activation', () => {
  it('succeeds while it is the newest, and can itself be undone', async () => {
    const desk = await office();
    const { app, projectUuid, first, second } = desk;
    const activate = (versionUuid: VersionUuid, expectedActiveUuid: VersionUuid, undoes?: string) =>
      app.library.activate({ projectUuid, versionUuid, expectedActiveUuid, ...(undoes && { how: 'undo', undoes }) });
    const chosen = mustBe(await activate(first, second)).activationUuid;
    await allSent(app);
    const undone = mustBe(await activate(second, first, chosen ?? '')).activationUuid;
    await allSent(app);
    mustBe(await activate(first, second, undone ?? ''));
    await allSent(app);
    expect(inShort(await history(app, projectUuid)).slice(0, 3)).toEqual([
      [2, 1, 'undo', 'Dana'],
      [1, 2, 'undo', 'Dana'],
      [2, 1, 'choice', 'Dana'],
    ]);
    expect((await onServer(desk)).slice(0, 2).map(({ uuid }) => uuid)).toContain(undone);
  });

  it.each(['another version', 'the same version again'])(
    'asks if somebody else has chosen %s since then, and names them',
    async (what) => {
      const { server, wire, app, projectUuid, first, second, uploaded } = await office();
      const ada = await colleague(server, server.people.ada);
      await goOffline({ wire, app });
      const undo = { projectUuid, versionUuid: first, expectedActiveUuid: second, how: 'undo' as const };
      mustBe(await app.library.activate({ ...undo, undoes: uploaded }));
      mustBe(await ada.library.activate({ projectUuid, versionUuid: null, expectedActiveUuid: second }));
      if (what === 'the same version again') {
        mustBe(await ada.library.activate({ projectUuid, versionUuid: second, expectedActiveUuid: null }));
      }
      await allSent(ada);
      wire.restore();
      const [asked] = await parked(app, 'conflict');
      expect(asked).toMatchObject({ kind: 'activate', subject: { versionUuid: first }, theirs: { by: 'Ada' } });
      const theirs = what === 'the same version again' ? second : undefined;
      expect((await shownProject(app, projectUuid))?.active?.versionUuid).toBe(theirs);
      await app.operations.resolve({ ids: [asked?.id ?? ''], choice: 'mine' });
      await allSent(app);
      const [newest] = await history(app, projectUuid);
      expect(newest).toMatchObject({ to: { versionUuid: first }, how: 'choice', by: 'Dana' });
    },
  );

  it('without a server, keeps the activation from ever being seen', async () => {
    const desk = await office();
    const { wire, app, projectUuid, first, second } = desk;
    const before = await onServer(desk);
    await goOffline(desk);
    const chosen = mustBe(
      await app.library.activate({ projectUuid, versionUuid: first, expectedActiveUuid: second }),
    ).activationUuid;
    await until(async () => mustBe(await app.operations.list()).every(({ state }) => state === 'waiting'));
    const undo = { projectUuid, versionUuid: second, expectedActiveUuid: first, how: 'undo' as const };
    const undone = mustBe(await app.library.activate({ ...undo, undoes: chosen ?? '' }));
    expect(undone).toEqual({ kind: 'done', activationUuid: null });
    expect(mustBe(await app.operations.list())).toHaveLength(1);
    expect(await shownProject(app, projectUuid)).toMatchObject({
      active: { versionUuid: second },
      isActivationWaiting: false,
    });
    wire.restore();
    await allSent(app);
    expect(await onServer(desk)).toEqual(before);
    expect((await history(app, projectUuid)).map(({ uuid }) => uuid)).toEqual(before.map(({ uuid }) => uuid));
  });

  it('of an activation whose response was lost takes it back', async () => {
    const desk = await office();
    const { wire, app, projectUuid, first, second } = desk;
    wire.onAnswer = (bytes) => bytes.includes('active_avatar_uuid');
    const chosen = mustBe(
      await app.library.activate({ projectUuid, versionUuid: first, expectedActiveUuid: second }),
    ).activationUuid;
    await until(async () => (await onServer(desk))[0]?.uuid === chosen);
    await goOffline(desk);
    await until(async () => mustBe(await app.operations.list()).every(({ state }) => state === 'waiting'));
    const undo = { projectUuid, versionUuid: second, expectedActiveUuid: first, how: 'undo' as const };
    mustBe(await app.library.activate({ ...undo, undoes: chosen ?? '' }));
    wire.onAnswer = null;
    wire.restore();
    await allSent(app);
    expect((await onServer(desk)).slice(0, 2)).toMatchObject([
      { how: 'undo', to: { version: 2 } },
      { uuid: chosen, to: { version: 1 } },
    ]);
    expect(await shownProject(app, projectUuid)).toMatchObject({ active: { versionUuid: second } });
  });

  it('of an activation that was never sent is dropped if somebody else has chosen since then', async () => {
    const desk = await office();
    const { server, wire, app, projectUuid, first, second } = desk;
    const ada = await colleague(server, server.people.ada);
    await goOffline(desk);
    const chosen = mustBe(
      await app.library.activate({ projectUuid, versionUuid: first, expectedActiveUuid: second }),
    ).activationUuid;
    await until(async () => mustBe(await app.operations.list()).every(({ state }) => state === 'waiting'));
    const undo = { projectUuid, versionUuid: second, expectedActiveUuid: first, how: 'undo' as const };
    mustBe(await app.library.activate({ ...undo, undoes: chosen ?? '' }));
    mustBe(await ada.library.activate({ projectUuid, versionUuid: null, expectedActiveUuid: second }));
    await allSent(ada);
    wire.restore();
    await allSent(app);
    expect(await shownProject(app, projectUuid)).toMatchObject({ active: null, activeSetBy: 'Ada' });
  });
});
