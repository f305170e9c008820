import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { readFixture } from '../../support/api-client.ts';
import { chosenFile, mustBe, newMachine, signIn, startApplication } from '../../support/application.ts';
import { runningServer } from '../../support/running-server.ts';

async function withStoredVersion() {
  const server = await runningServer();
  const bytes = await readFixture('gab/portrait-2d.gab');
  const dana = server.client(server.people.dana.token);
  const stored = await dana.mustUpload(server.projects.desk.uuid, { bytes, fileName: 'Robin.gab' });
  const app = await startApplication(await newMachine(), server.url);
  await signIn(app, server.url, server.people.dana);
  return { server, stored, app };
}

it('a version is dragged out as its own file, once its bytes are on this computer', async () => {
  const { stored, app } = await withStoredVersion();
  const request = { versionUuid: stored.uuid };
  expect(mustBe(await app.drag.prepare(request))).toEqual({ kind: 'not_here' });
  mustBe(await app.previews.open({ bundle: { kind: 'version', ...request } }));
  const prepared = mustBe(await app.drag.prepare(request));
  if (prepared.kind !== 'ready') throw new Error('The bytes are here');
  expect(await app.application.media(`media/thumbnails/${stored.uuid}`)).not.toBeNull();
  mustBe(await app.drag.start(prepared));
  const [file] = app.dragged;
  expect(basename(file?.path ?? '')).toBe('Robin.gab');
  expect(sha256Hex(await readFile(file?.path ?? ''))).toBe(stored.sha256);
  expect(file?.picture).toBeInstanceOf(Uint8Array);
});

it('a dragged file that is dropped on its own window is not staged, another one is', async () => {
  const { server, stored, app } = await withStoredVersion();
  const projectUuid = server.projects.desk.uuid;
  mustBe(await app.previews.open({ bundle: { kind: 'version', versionUuid: stored.uuid } }));
  const prepared = mustBe(await app.drag.prepare({ versionUuid: stored.uuid }));
  if (prepared.kind !== 'ready') throw new Error('The bytes are here');
  mustBe(await app.drag.start(prepared));
  const path = app.dragged[0]?.path ?? '';
  await app.application.stageFiles(projectUuid, [chosenFile(path)]);
  expect(mustBe(await app.uploads.staged({ projectUuid }))).toEqual([]);
  const copy = `${path}.copy.gab`;
  await writeFile(copy, await readFile(path));
  await app.application.stageFiles(projectUuid, [chosenFile(path), chosenFile(copy)]);
  expect(mustBe(await app.uploads.staged({ projectUuid }))).toHaveLength(1);
});

it('nobody drags a version or a copy of another account', async () => {
  const { server, stored, app } = await withStoredVersion();
  mustBe(await app.previews.open({ bundle: { kind: 'version', versionUuid: stored.uuid } }));
  const prepared = mustBe(await app.drag.prepare({ versionUuid: stored.uuid }));
  if (prepared.kind !== 'ready') throw new Error('The bytes are here');
  await signIn(app, server.url, server.people.bo);
  expect(mustBe(await app.drag.prepare({ versionUuid: stored.uuid }))).toEqual({ kind: 'not_here' });
  expect(await app.drag.start(prepared)).toEqual({ ok: false, failure: { code: 'file_gone' } });
  await app.session.signOut();
  expect(await app.drag.start(prepared)).toEqual({ ok: false, failure: { code: 'signed_out' } });
  expect(app.dragged).toEqual([]);
});
