import { copyFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AvatarView } from '../../../shared/contract/library.ts';
import { fixturePath } from '../../support/api-client.ts';
import {
  chosenFile,
  confirmAll,
  drop,
  mustBe,
  newMachine,
  type RunningApplication,
  signIn,
  startApplication,
  transfersIn,
  until,
} from '../../support/application.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { runningServer } from '../../support/running-server.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const TRIA = '00000000-0000-4000-8000-000000000071';

async function danasDesk() {
  const server = await runningServer();
  const proxy = await startTcpProxy(() => server.url);
  const machine = await newMachine();
  const start = () => startApplication(machine, proxy.url);
  const app = await start();
  await signIn(app, proxy.url, server.people.dana);
  return { server, proxy, start, app, projectUuid: server.projects.desk.uuid, folder: await tempFolder() };
}

async function tria(folder: string, version: string) {
  const path = join(folder, `tria-${version}.gab`);
  await writeFile(path, buildBundle({ id: TRIA, name: 'Tria', version }));
  return chosenFile(path);
}

/** Bytes that the shell received and wrote into its folder, as for a drop without a path. */
async function received({ application }: RunningApplication, fileName: string, source: string) {
  const path = join(application.receivedFilesDir, fileName);
  await copyFile(source, path);
  return { ...chosenFile(path), isTemporary: true };
}

const numbered = (avatars: readonly AvatarView[]) =>
  avatars.map((avatar) => avatar.versions.map(({ version, fileName }) => `${version} ${fileName}`));

const avatarsOf = async (app: RunningApplication, projectUuid: string) =>
  mustBe(await app.library.avatars({ projectUuid }));

const stagedIn = async (app: RunningApplication, projectUuid: string) =>
  mustBe(await app.uploads.staged({ projectUuid }));

async function copiesOf({ application }: RunningApplication): Promise<string[]> {
  const accounts = join(application.receivedFilesDir, '..', 'accounts');
  const [account = ''] = await readdir(accounts);
  return readdir(join(accounts, account, 'staged-copies'));
}

describe('several files of one avatar in one drop', () => {
  it('become its versions in the order of their manifests, however they were dropped', async () => {
    const { app, projectUuid, folder } = await danasDesk();
    const files = [await tria(folder, '1.10.0'), await tria(folder, '1.0.0'), await tria(folder, '1.9.0')];
    const staged = await drop(app, projectUuid, files);
    expect(staged.map(({ fileName }) => fileName)).toEqual(['tria-1.0.0.gab', 'tria-1.9.0.gab', 'tria-1.10.0.gab']);
    const leader = staged[0]?.stageId;
    expect(staged.map(({ suggestion }) => suggestion)).toMatchObject([
      { kind: 'new' },
      { kind: 'version', avatarUuid: leader, nextVersion: 2 },
      { kind: 'version', avatarUuid: leader, nextVersion: 3 },
    ]);
    await confirmAll(app, projectUuid);
    await transfersIn(app, 'done');
    expect(numbered(await avatarsOf(app, projectUuid))).toEqual([
      ['3 tria-1.10.0.gab', '2 tria-1.9.0.gab', '1 tria-1.0.0.gab'],
    ]);
  });

  it('wait for each other without a server and after a restart', async () => {
    const { app, proxy, start, projectUuid, folder } = await danasDesk();
    await drop(app, projectUuid, [await tria(folder, '1.1.0'), await tria(folder, '1.0.0')]);
    proxy.cut();
    await confirmAll(app, projectUuid);
    const waiting = await transfersIn(app, 'failed', 'waiting');
    expect(waiting.map(({ fileName, follows }) => [fileName, follows?.fileName ?? null])).toEqual([
      ['tria-1.1.0.gab', 'tria-1.0.0.gab'],
      ['tria-1.0.0.gab', null],
    ]);
    await app.stop();
    proxy.restore();
    const again = await start();
    await transfersIn(again, 'done');
    expect(numbered(await avatarsOf(again, projectUuid))).toEqual([['2 tria-1.1.0.gab', '1 tria-1.0.0.gab']]);
  });

  it.each(['cancelled', 'refused'] as const)(
    'lose nothing if the first one is %s: the second one says so and creates the avatar, and a retry joins it',
    async (end) => {
      const { app, server, proxy, projectUuid, folder } = await danasDesk();
      await drop(app, projectUuid, [await tria(folder, '1.0.0'), await tria(folder, '1.1.0')]);
      proxy.cut();
      await confirmAll(app, projectUuid);
      await transfersIn(app, 'failed', 'waiting');
      const first = mustBe(await app.transfers.list()).find(({ fileName }) => fileName === 'tria-1.0.0.gab');
      const id = first?.id ?? '';
      if (end === 'cancelled') {
        await app.transfers.cancel({ id });
        proxy.restore();
      } else {
        await app.transfers.pause({ id: mustBe(await app.transfers.list())[0]?.id ?? '' });
        const { rows } = await server.database.pool.query(
          "update memberships set role = 'viewer' where user_id = $1 returning user_id",
          [server.people.dana.id],
        );
        expect(rows).toHaveLength(1);
        proxy.restore();
        await until(async () => mustBe(await app.transfers.list()).some(({ state }) => state === 'refused'));
        await server.database.pool.query("update memberships set role = 'designer' where user_id = $1", [
          server.people.dana.id,
        ]);
        await app.transfers.resumeAll();
      }
      const [second] = await until(async () => {
        const list = mustBe(await app.transfers.list());
        return list.some(({ state }) => state === 'done') && list;
      });
      expect(second).toMatchObject({ state: 'done', version: 1, follows: { fileName: 'tria-1.0.0.gab', state: end } });
      await app.transfers.retry({ id });
      await transfersIn(app, 'done');
      expect(numbered(await avatarsOf(app, projectUuid))).toEqual([['2 tria-1.0.0.gab', '1 tria-1.1.0.gab']]);
    },
  );
});

describe('the upload sheet', () => {
  it('keeps files, received bytes, names, tags, notes and order across a restart', async () => {
    const { app, start, projectUuid, folder } = await danasDesk();
    const bytes = await received(app, 'dropped.gab', fixturePath('gab/minimal.gab'));
    const staged = await drop(app, projectUuid, [await tria(folder, '1.0.0'), bytes]);
    const choice = { name: 'Otto', tags: 'formal, casual', description: 'A note', avatarUuid: null, activate: true };
    mustBe(await app.uploads.choose({ choices: [{ stageId: staged[1]?.stageId ?? '', choice }] }));
    await app.stop();
    const again = await start();
    const kept = await until(async () => {
      const files = await stagedIn(again, projectUuid);
      return files.length === 2 && files.every(({ state }) => state === 'ready') && files;
    });
    expect(kept.map(({ stageId, fileName, choice: chosen }) => [stageId, fileName, chosen])).toEqual([
      [staged[0]?.stageId, 'tria-1.0.0.gab', {}],
      [staged[1]?.stageId, 'dropped.gab', choice],
    ]);
    await confirmAll(again, projectUuid);
    await transfersIn(again, 'done');
    expect(await stagedIn(again, projectUuid)).toEqual([]);
    expect(await copiesOf(again)).toEqual([]);
    await again.stop();
    expect(await stagedIn(await start(), projectUuid)).toEqual([]);
  });

  it('says why a file that is gone cannot be uploaded, and keeps its note', async () => {
    const { app, start, projectUuid, folder } = await danasDesk();
    const [staged] = await drop(app, projectUuid, [await tria(folder, '1.0.0')]);
    const choices = [{ stageId: staged?.stageId ?? '', choice: { description: 'A note' } }];
    mustBe(await app.uploads.choose({ choices }));
    await app.stop();
    await rm(join(folder, 'tria-1.0.0.gab'));
    const again = await start();
    const [kept] = await until(async () => {
      const files = await stagedIn(again, projectUuid);
      return files[0]?.state === 'refused' && files;
    });
    expect(kept).toMatchObject({ failure: { code: 'file_gone' }, choice: { description: 'A note' } });
  });

  it('puts discarded files back to their places, and deletes their bytes only when they are forgotten', async () => {
    const { app, start, projectUuid, folder } = await danasDesk();
    const bytes = await received(app, 'dropped.gab', fixturePath('gab/minimal.gab'));
    const staged = await drop(app, projectUuid, [bytes, await tria(folder, '1.0.0')]);
    const stageIds = [staged[0]?.stageId ?? ''];
    mustBe(await app.uploads.discard({ stageIds }));
    expect((await stagedIn(app, projectUuid)).map(({ fileName }) => fileName)).toEqual(['tria-1.0.0.gab']);
    expect(await copiesOf(app)).toHaveLength(1);
    mustBe(await app.uploads.restore({ stageIds }));
    expect(await stagedIn(app, projectUuid)).toEqual(staged);
    mustBe(await app.uploads.forget({ stageIds }));
    expect(await stagedIn(app, projectUuid)).toHaveLength(2);
    mustBe(await app.uploads.discard({ stageIds }));
    mustBe(await app.uploads.forget({ stageIds }));
    expect(await copiesOf(app)).toEqual([]);
    mustBe(await app.uploads.restore({ stageIds }));
    expect(await stagedIn(app, projectUuid)).toHaveLength(1);
    mustBe(await app.uploads.discard({ stageIds: [staged[1]?.stageId ?? ''] }));
    await app.stop();
    expect(await stagedIn(await start(), projectUuid)).toEqual([]);
  });
});
