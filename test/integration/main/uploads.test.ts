import { copyFile, mkdir, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { LARGE_BUNDLE_BYTES } from '../../../shared/gab/limits.ts';
import { fixturePath, readFixture } from '../../support/api-client.ts';
import {
  chosenFile,
  confirmAll,
  drop,
  mustBe,
  newMachine,
  offeredTarget,
  type RunningApplication,
  signIn,
  startApplication,
  transfersIn,
  until,
  upload,
} from '../../support/application.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { runningServer } from '../../support/running-server.ts';
import type { TestServer } from '../../support/server.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { NO_VERSION } from '../../support/uuids.ts';

async function dana(serverOrNothing?: TestServer) {
  const server = serverOrNothing ?? (await runningServer());
  const machine = await newMachine();
  const app = await startApplication(machine, server.url);
  await signIn(app, server.url, server.people.dana);
  return { server, machine, app, projectUuid: server.projects.desk.uuid, folder: await tempFolder() };
}

async function bundleFile(folder: string, name: string, options: Parameters<typeof buildBundle>[0] = {}) {
  const path = join(folder, name);
  await writeFile(path, buildBundle(options));
  return chosenFile(path);
}

const minimal = () => chosenFile(fixturePath('gab/minimal.gab'));

async function outboxOf(app: RunningApplication): Promise<string[]> {
  const accounts = join(app.application.receivedFilesDir, '..', 'accounts');
  const [account = ''] = await readdir(accounts);
  return readdir(join(accounts, account, 'upload-copies'));
}

describe('the upload sheet', () => {
  it('shows the facts and the picture of a bundle', async () => {
    const { app, projectUuid } = await dana();
    const [file] = await drop(app, projectUuid, [minimal()]);
    expect(file).toMatchObject({
      state: 'ready',
      fileName: 'minimal.gab',
      isLarge: false,
      container: 'gab',
      activatable: true,
      manifest: { name: 'Minimal', bodyType: 'portrait2d', license: 'CC0-1.0' },
      suggestion: { kind: 'new' },
    });
    const picture = await app.application.media(file?.thumbnailUrl ?? '');
    expect(picture?.contentType).toBe('image/webp');
    await app.uploads.discard({ stageIds: [file?.stageId ?? ''] });
    expect(mustBe(await app.uploads.staged({ projectUuid }))).toEqual([]);
    expect(await app.application.media(file?.thumbnailUrl ?? '')).toBeNull();
  });

  it('warns about files above 10 MB, refuses those above 50 MB unread, and still inspects the others', async () => {
    const { app, projectUuid, folder } = await dana();
    const huge = join(folder, 'huge.gab');
    await writeFile(huge, '');
    await truncate(huge, MAX_BUNDLE_BYTES + 1);
    const files = [
      chosenFile(huge),
      { path: null, fileName: 'never-sent.gab', sizeBytes: MAX_BUNDLE_BYTES + 1, isTemporary: true },
      await bundleFile(folder, 'large.gab', { sizeBytes: LARGE_BUNDLE_BYTES + 1 }),
      minimal(),
    ];
    const staged = await drop(app, projectUuid, files);
    const tooLarge = { state: 'refused', verdict: 'invalid', issues: [{ code: 'GAB_E_FILE_TOO_LARGE' }] };
    expect(staged).toMatchObject([
      tooLarge,
      tooLarge,
      { state: 'ready', isLarge: true },
      { state: 'ready', isLarge: false },
    ]);
  });

  it('refuses broken bundles with their findings, and a missing file with a reason', async () => {
    const { app, projectUuid, folder } = await dana();
    const gone = { path: join(folder, 'gone.gab'), fileName: 'gone.gab', sizeBytes: 10, isTemporary: false };
    const broken = chosenFile(fixturePath('hostile/manifest-duplicate-key.gab'));
    const staged = await drop(app, projectUuid, [broken, gone, minimal()]);
    expect(staged.map((file) => file.state)).toEqual(['refused', 'refused', 'ready']);
    expect(staged[0]?.issues[0]?.code).toBe('GAB_E_MANIFEST_JSON');
    expect(staged[0]?.failure).toBeNull();
    expect(staged[1]?.failure?.code).toBe('file_gone');
  });

  it('deletes temporary files as soon as they are not needed', async () => {
    const { app, projectUuid } = await dana();
    const path = join(app.application.receivedFilesDir, 'one');
    await copyFile(fixturePath('gab/minimal.gab'), path);
    const [file] = await drop(app, projectUuid, [{ ...chosenFile(path, 'one.gab'), isTemporary: true }]);
    await app.uploads.discard({ stageIds: [file?.stageId ?? ''] });
    expect(await readdir(app.application.receivedFilesDir)).toEqual([]);
  });

  it('updates the suggestion when the library changes', async () => {
    const { server, app, projectUuid } = await dana();
    const [file] = await drop(app, projectUuid, [minimal()]);
    expect(file?.suggestion).toEqual({ kind: 'new' });
    const client = server.client(server.people.dana.token);
    await client.mustUpload(projectUuid, { bytes: await readFixture('gab/minimal.gab') });
    mustBe(await app.library.refresh());
    await until(() => {
      const last = app.payloads('uploads.stagedChanged').at(-1);
      return last?.files[0]?.suggestion?.kind === 'duplicate';
    });
  });
});

describe('uploading', () => {
  it('activates a new avatar, which is in the library when the tray says done', async () => {
    const { app, projectUuid } = await dana();
    const [transfer] = await upload(app, projectUuid, [minimal()]);
    expect(transfer).toMatchObject({
      kind: 'upload',
      state: 'done',
      version: 1,
      activation: 'activated',
      avatarName: 'Minimal',
      canRetry: false,
    });
    expect(transfer?.doneBytes).toBe(transfer?.totalBytes);
    const [avatar] = mustBe(await app.library.avatars({ projectUuid }));
    expect(avatar?.versions[0]).toMatchObject({ uuid: transfer?.versionUuid, isActive: true, fileName: 'minimal.gab' });
    await until(async () => (await outboxOf(app)).length === 0);
    expect(app.logged).toEqual([]);
    await app.transfers.clearEnded();
    expect(mustBe(await app.transfers.list())).toEqual([]);
  });

  it('suggests a next version for the same avatar, and recognizes duplicates, even in the trash', async () => {
    const { app, projectUuid, folder } = await dana();
    const first = await bundleFile(folder, 'mara-1.gab', { name: 'Mara', version: '1.0.0' });
    const second = await bundleFile(folder, 'renamed.gab', { name: 'Mara', version: '2.0.0' });
    await upload(app, projectUuid, [first]);
    const [again, newer] = await drop(app, projectUuid, [first, second]);
    expect(again?.suggestion).toMatchObject({ kind: 'duplicate', avatarName: 'Mara', version: 1, inTrash: false });
    expect(newer?.suggestion).toMatchObject({ kind: 'version', nextVersion: 2, because: 'manifest-id' });
    expect(await confirmAll(app, projectUuid)).toBe(1);
    await transfersIn(app, 'done');
    const [avatar] = mustBe(await app.library.avatars({ projectUuid }));
    expect(avatar?.versions.map((version) => version.version)).toEqual([2, 1]);
    const uuid = avatar?.versions[1]?.uuid ?? NO_VERSION;
    mustBe(await app.library.moveToTrash({ versionUuid: uuid, scope: 'version' }));
    const [, thirdTime] = await drop(app, projectUuid, [first]);
    expect(thirdTime?.suggestion ?? mustBe(await app.uploads.staged({ projectUuid }))[0]?.suggestion).toMatchObject({
      kind: 'duplicate',
      inTrash: true,
    });
  });

  it('stores an opaque file under its odd name and recognizes its next version by that name', async () => {
    const { app, projectUuid, folder } = await dana();
    const name = 'Zoë "白い".gab';
    const path = join(folder, 'file');
    await writeFile(path, 'first content, not a bundle at all');
    const [first] = await upload(app, projectUuid, [chosenFile(path, name)]);
    expect(first).toMatchObject({ fileName: name, activation: 'not_activatable', avatarName: 'Zoë "白い"' });
    await writeFile(path, 'second content, still not a bundle');
    const [staged] = await drop(app, projectUuid, [chosenFile(path, name)]);
    expect(staged).toMatchObject({ verdict: 'opaque', suggestion: { kind: 'version', because: 'file-name' } });
    await confirmAll(app, projectUuid);
    await transfersIn(app, 'done');
    const [avatar] = mustBe(await app.library.avatars({ projectUuid }));
    expect(avatar?.versions.map((version) => [version.version, version.fileName])).toEqual([
      [2, name],
      [1, name],
    ]);
  });

  it('keeps two versions of one new avatar in drop order and activates the last one', async () => {
    const { app, projectUuid, folder } = await dana();
    const files = [];
    for (const version of ['1.0.0', '2.0.0', '3.0.0']) {
      files.push(await bundleFile(folder, `mara-${version}.gab`, { name: 'Mara', version }));
    }
    const transfers = await upload(app, projectUuid, files);
    expect(transfers).toHaveLength(3);
    const avatars = mustBe(await app.library.avatars({ projectUuid }));
    expect(avatars).toHaveLength(1);
    const versions = avatars[0]?.versions.map(({ version, fileName, isActive }) => [version, fileName, isActive]);
    expect(versions).toEqual([
      [3, 'mara-3.0.0.gab', true],
      [2, 'mara-2.0.0.gab', false],
      [1, 'mara-1.0.0.gab', false],
    ]);
  });

  it('uses the target, name, tags and note that a person chose instead of the suggestion', async () => {
    const { app, projectUuid } = await dana();
    const [file] = await drop(app, projectUuid, [minimal()]);
    const target = { kind: 'new' as const, name: 'Otto 白', tags: ['formal', '白い'] };
    const items = [{ stageId: file?.stageId ?? '', target, description: 'a note' }];
    mustBe(await app.uploads.confirm({ projectUuid, items }));
    const [transfer] = await transfersIn(app, 'done');
    expect(transfer?.activation).toBe('not_requested');
    const [avatar] = mustBe(await app.library.avatars({ projectUuid }));
    expect(avatar).toMatchObject({ name: 'Otto 白', tags: ['formal', '白い'] });
    expect(avatar?.versions[0]).toMatchObject({ description: 'a note', isActive: false });
  });

  it('sends the inspected bytes even if the original changes afterwards', async () => {
    const { app, projectUuid, folder } = await dana();
    const file = await bundleFile(folder, 'mara.gab', { name: 'Mara' });
    const [staged] = await drop(app, projectUuid, [file]);
    await confirmAll(app, projectUuid);
    await rm(file.path ?? '');
    await transfersIn(app, 'done');
    const [avatar] = mustBe(await app.library.avatars({ projectUuid }));
    expect(avatar?.versions[0]?.sha256).toBe(staged?.sha256);
  });

  it('does not send a file that changed after its inspection', async () => {
    const { app, projectUuid, folder } = await dana();
    const file = await bundleFile(folder, 'mara.gab', { name: 'Mara' });
    const other = await bundleFile(folder, 'otto.gab', { name: 'Otto', id: '00000000-0000-4000-8000-000000000002' });
    await drop(app, projectUuid, [file, other]);
    await rename(other.path ?? '', file.path ?? '');
    await writeFile(other.path ?? '', buildBundle({ name: 'Otto', id: '00000000-0000-4000-8000-000000000002' }));
    expect(await confirmAll(app, projectUuid)).toBe(1);
    const [left] = mustBe(await app.uploads.staged({ projectUuid }));
    expect(left).toMatchObject({ fileName: 'mara.gab', state: 'refused', failure: { code: 'file_changed' } });
    expect((await transfersIn(app, 'done')).map((transfer) => transfer.fileName)).toEqual(['otto.gab']);
  });

  it('queues a sheet only once, however often it is confirmed', async () => {
    const { app, projectUuid } = await dana();
    const [file] = await drop(app, projectUuid, [minimal()]);
    if (file === undefined) throw new Error('one file was dropped');
    const items = [{ stageId: file.stageId, target: offeredTarget(file) }];
    const request = { projectUuid, items };
    const outcomes = await Promise.all([app.uploads.confirm(request), app.uploads.confirm(request)]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await transfersIn(app, 'done')).toHaveLength(1);
    const later = await app.uploads.confirm(request);
    expect(later).toMatchObject({ ok: false, failure: { code: 'stage_gone' } });
  });

  it('keeps an upload that the server refuses, with the reason, until somebody decides', async () => {
    const strict = await runningServer({ gabPolicy: 'strict' });
    const { app, projectUuid } = await dana(strict);
    const opaque = chosenFile(fixturePath('hostile/opaque-raw-glb.gab'));
    expect((await drop(app, projectUuid, [opaque]))[0]).toMatchObject({ state: 'refused' });
    const { people } = strict;
    await strict.app.context.db.execute(`update memberships set role = 'viewer' where user_id = ${people.dana.id}`);
    await drop(app, projectUuid, [minimal()]);
    await confirmAll(app, projectUuid);
    const [refused] = await transfersIn(app, 'refused');
    expect(refused).toMatchObject({ canRetry: true, failure: { code: 'forbidden' } });
    expect(await outboxOf(app)).toHaveLength(1);
    await strict.app.context.db.execute(`update memberships set role = 'designer' where user_id = ${people.dana.id}`);
    await app.transfers.retry({ id: refused?.id ?? '' });
    await transfersIn(app, 'done');
  });

  it('refuses a viewer before anything is sent', async () => {
    const server = await runningServer();
    const app = await startApplication(await newMachine(), server.url);
    await signIn(app, server.url, server.people.viktor);
    const projectUuid = server.projects.desk.uuid;
    const [file] = await drop(app, projectUuid, [minimal()]);
    if (file === undefined) throw new Error('one file was dropped');
    const items = [{ stageId: file.stageId, target: offeredTarget(file) }];
    const outcome = await app.uploads.confirm({ projectUuid, items });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'read_only' } });
  });

  it('uploads many files of a folder at once', async () => {
    const { app, projectUuid, folder } = await dana();
    await mkdir(join(folder, 'many'));
    const files = [];
    for (let index = 1; index <= 8; index += 1) {
      const id = `00000000-0000-4000-8000-00000000010${index}`;
      files.push(await bundleFile(join(folder, 'many'), `a${index}.gab`, { id, name: `A${index}` }));
    }
    expect(await upload(app, projectUuid, files)).toHaveLength(8);
    expect(mustBe(await app.library.avatars({ projectUuid }))).toHaveLength(8);
    expect(mustBe(await app.library.projects())[0]?.active?.name).toBe('A8');
  });
});
