import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import type { BundleReference } from '../../../shared/contract/bundle-reference.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { readFixture } from '../../support/api-client.ts';
import {
  chosenFile,
  drop,
  mustBe,
  newMachine,
  type RunningApplication,
  signIn,
  startApplication,
  until,
  upload,
} from '../../support/application.ts';
import { runningServer } from '../../support/running-server.ts';
import { makePng, noise } from '../../support/sample-assets.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { NO_VERSION } from '../../support/uuids.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const versionOf = (stored: { readonly uuid: VersionUuid }): BundleReference => ({
  kind: 'version',
  versionUuid: stored.uuid,
});

async function withStoredBundle() {
  const server = await runningServer();
  const bytes = await readFixture('gab/portrait-2d.gab');
  const dana = server.client(server.people.dana.token);
  const stored = await dana.mustUpload(server.projects.desk.uuid, { bytes, fileName: 'Robin.gab' });
  const machine = await newMachine();
  const proxy = await startTcpProxy(() => server.url);
  const app = await startApplication(machine, proxy.url);
  await signIn(app, proxy.url, server.people.dana);
  return { server, bytes, stored, machine, proxy, app };
}

async function bytesOf(app: RunningApplication, bundle: BundleReference): Promise<Uint8Array | null> {
  const { url } = mustBe(await app.previews.open({ bundle }));
  return (await app.application.media(url))?.bytes ?? null;
}

/** All files in the machine's bundle cache, by their relative paths. */
async function cachedFiles(userDataDir: string): Promise<readonly string[]> {
  const [account] = await readdir(join(userDataDir, 'accounts'));
  const folder = join(userDataDir, 'accounts', account ?? '', 'bundles');
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  return names.filter((name) => name.isFile()).map((name) => join(name.parentPath, name.name).slice(folder.length + 1));
}

describe('bundles for previews', () => {
  it('are downloaded once with progress events, and are identical to the upload', async () => {
    const { bytes, stored, machine, app, proxy } = await withStoredBundle();
    const bundle = versionOf(stored);
    expect(mustBe(await app.previews.open({ bundle }))).toEqual({
      url: `media/bundles/${stored.uuid}`,
      fileName: 'Robin.gab',
      sizeBytes: bytes.byteLength,
    });
    expect(sha256Hex((await bytesOf(app, bundle)) ?? new Uint8Array())).toBe(stored.sha256);
    expect(app.payloads('previews.progress').at(0)).toMatchObject({ bundle, totalBytes: bytes.byteLength });
    expect(await cachedFiles(machine.userDataDir)).toEqual([stored.sha256]);
    await proxy.close();
    expect(await bytesOf(app, bundle)).not.toBeNull();
  });

  it('are available offline after a restart, and missing ones fail with `offline`', async () => {
    const { server, stored, machine, proxy, app } = await withStoredBundle();
    const dana = server.client(server.people.dana.token);
    const other = await dana.mustUpload(server.projects.desk.uuid, { bytes: await readFixture('gab/minimal.gab') });
    mustBe(await app.library.refresh());
    mustBe(await app.previews.open({ bundle: versionOf(stored) }));
    await app.stop();
    await proxy.close();
    const again = await startApplication(machine, proxy.url);
    expect(sha256Hex((await bytesOf(again, versionOf(stored))) ?? new Uint8Array())).toBe(stored.sha256);
    const answer = await again.previews.open({ bundle: versionOf(other) });
    expect(answer).toMatchObject({ ok: false, failure: { code: 'not_downloaded' } });
    expect(await again.application.media(`media/bundles/${other.uuid}`)).toBeNull();
  });

  it('of an upload from this machine are kept instead of downloaded', async () => {
    const server = await runningServer();
    const machine = await newMachine();
    const app = await startApplication(machine, server.url);
    await signIn(app, server.url, server.people.dana);
    const [done] = await upload(app, server.projects.desk.uuid, [chosenFile(fixture('gab/robot-expressive.gab'))]);
    const bytes = await readFixture('gab/robot-expressive.gab');
    expect(await cachedFiles(machine.userDataDir)).toEqual([sha256Hex(bytes)]);
    const uuid = done?.versionUuid ?? NO_VERSION;
    expect(sha256Hex((await bytesOf(app, versionOf({ uuid }))) ?? new Uint8Array())).toBe(sha256Hex(bytes));
    expect(app.payloads('previews.progress')).toEqual([]);
  });

  it('that arrive damaged are set aside and never returned', async () => {
    const { server, stored, machine, app } = await withStoredBundle();
    const names = await readdir(server.dataDir, { recursive: true });
    const blob = names.find((name) => name.endsWith(`${stored.uuid}.gab`)) ?? '';
    await writeFile(join(server.dataDir, blob), Buffer.alloc(stored.file_size, 7));
    const answer = await app.previews.open({ bundle: versionOf(stored) });
    expect(answer).toMatchObject({ ok: false, failure: { code: 'download_damaged' } });
    expect(await app.application.media(`media/bundles/${stored.uuid}`)).toBeNull();
    const [left, ...more] = await cachedFiles(machine.userDataDir);
    expect(more).toEqual([]);
    expect(left).toMatch(/^quarantine\//);
  });

  it('that were damaged on disk are set aside and downloaded again', async () => {
    const { bytes, stored, machine, proxy, app } = await withStoredBundle();
    mustBe(await app.previews.open({ bundle: versionOf(stored) }));
    await app.stop();
    const [account] = await readdir(join(machine.userDataDir, 'accounts'));
    const path = join(machine.userDataDir, 'accounts', account ?? '', 'bundles', stored.sha256);
    await writeFile(path, Buffer.alloc(bytes.byteLength, 1));
    const again = await startApplication(machine, proxy.url);
    expect(sha256Hex((await bytesOf(again, versionOf(stored))) ?? new Uint8Array())).toBe(stored.sha256);
    expect(again.logged.join('\n')).toContain('set aside');
    expect((await cachedFiles(machine.userDataDir)).filter((name) => name.startsWith('quarantine/'))).toHaveLength(1);
  });

  it('are not downloaded to the end when nobody waits for them', async () => {
    const { stored, machine, proxy, app } = await withStoredBundle();
    const bundle = versionOf(stored);
    const asked = new Promise<void>((resolve) => {
      // The response's headers arrive, its body never does.
      proxy.onAnswer = (piece) => {
        if (!piece.includes('generative-avatar-bundle') && !piece.includes('application/octet-stream')) return false;
        resolve();
        return true;
      };
    });
    const opening = app.previews.open({ bundle });
    await asked;
    await app.previews.cancel({ bundle });
    expect((await opening).ok).toBe(false);
    expect(await cachedFiles(machine.userDataDir)).toEqual([]);
    proxy.onAnswer = null;
    expect(await bytesOf(app, bundle)).not.toBeNull();
  });

  it.each([
    'media/bundles/00000000-0000-4000-8000-000000000000',
    'media/bundles/../../settings.json',
    'media/staged-bundles/00000000-0000-4000-8000-000000000000',
    'media/bundles',
  ])('%s answers nothing', async (path) => {
    const { app } = await withStoredBundle();
    expect(await app.application.media(path)).toBeNull();
  });

  it('of another customer are refused at every address', async () => {
    const { server, stored } = await withStoredBundle();
    const app = await startApplication(await newMachine(), server.url);
    await signIn(app, server.url, server.people.bo);
    expect(await app.previews.open({ bundle: versionOf(stored) })).toMatchObject({ ok: false });
    expect(await app.application.media(`media/bundles/${stored.uuid}`)).toBeNull();
  });
});

describe('a staged file', () => {
  async function withDropped(name: string) {
    const server = await runningServer();
    const app = await startApplication(await newMachine(), server.url);
    await signIn(app, server.url, server.people.dana);
    const projectUuid = server.projects.desk.uuid;
    const [file] = await drop(app, projectUuid, [chosenFile(fixture(name))]);
    if (file === undefined) throw new Error('nothing was staged');
    return { server, app, file, projectUuid };
  }

  it('is read from its own path if it is a bundle', async () => {
    const { app, file } = await withDropped('gab/minimal.gab');
    const bytes = await bytesOf(app, { kind: 'staged', stageId: file.stageId });
    expect(sha256Hex(bytes ?? new Uint8Array())).toBe(file.sha256);
  });

  it.each(['hostile/crc-wrong.gab', 'hostile/opaque-raw-glb.gab'])('%s is not read', async (name) => {
    const { app, file } = await withDropped(name);
    const bundle: BundleReference = { kind: 'staged', stageId: file.stageId };
    expect(await app.previews.open({ bundle })).toMatchObject({ ok: false, failure: { code: 'stage_gone' } });
    expect(await app.application.media(`media/staged-bundles/${file.stageId}`)).toBeNull();
  });

  it('with another thumbnail is replaced by an inspected copy, and the dropped file stays unchanged', async () => {
    const { app, file, projectUuid } = await withDropped('gab/robot-expressive.gab');
    const before = sha256Hex(await readFixture('gab/robot-expressive.gab'));
    const png = makePng({ width: 512, height: 512, color: [200, 30, 90] });
    const changed = mustBe(await app.previews.useThumbnail({ stageId: file.stageId, png: png.toString('base64') }));
    expect(changed).toMatchObject({ stageId: file.stageId, fileName: file.fileName, state: 'ready' });
    expect(changed.sha256).not.toBe(file.sha256);
    expect(changed.thumbnailUrl).not.toBe(file.thumbnailUrl);
    expect(changed.manifest).toEqual(file.manifest);
    expect(Buffer.from((await app.application.media(changed.thumbnailUrl ?? ''))?.bytes ?? [])).toEqual(png);
    const copy = await bytesOf(app, { kind: 'staged', stageId: file.stageId });
    expect(sha256Hex(copy ?? new Uint8Array())).toBe(changed.sha256);
    expect(sha256Hex(await readFile(fixture('gab/robot-expressive.gab')))).toBe(before);
    await until(async () => mustBe(await app.uploads.staged({ projectUuid }))[0]?.sha256 === changed.sha256);
  });

  it.each([
    ['no picture at all', 'thumbnail_unusable', Buffer.from('hello')],
    [
      'more than a thumbnail may be',
      'thumbnail_unusable',
      Buffer.concat([makePng({ width: 64, height: 64 }), noise(512 * 1024)]),
    ],
    ['smaller than a thumbnail may be', 'thumbnail_rejected', makePng({ width: 8, height: 8 })],
  ])('does not take %s, and stays as it is', async (_what, code, png) => {
    const { app, file, projectUuid } = await withDropped('gab/minimal.gab');
    const answer = await app.previews.useThumbnail({ stageId: file.stageId, png: png.toString('base64') });
    expect(answer).toMatchObject({ ok: false, failure: { code } });
    expect(mustBe(await app.uploads.staged({ projectUuid }))[0]).toEqual(file);
  });
});
