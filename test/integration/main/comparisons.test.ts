import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import {
  chosenFile,
  drop,
  mustBe,
  newMachine,
  type RunningApplication,
  signIn,
  startApplication,
  until,
} from '../../support/application.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { runningServer, takeAway } from '../../support/running-server.ts';
import { makeGlb, OCULUS_MORPHS } from '../../support/sample-assets.ts';
import type { TestServer } from '../../support/server.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { newVersionUuid } from '../../support/uuids.ts';

const BROKEN_MORPHS = OCULUS_MORPHS.map((morph) => `Head_${morph}`);

function bundleWith(morphs: readonly string[], version: string): Buffer {
  const model = { id: 'body', kind: 'model', format: 'glb', path: 'model/body.glb', content: makeGlb({ morphs }) };
  return buildBundle({ version, assets: [model], manifest: { body: { type: 'model3d', main: 'body' } } });
}

/** Two versions of one avatar. The first one is active; the second one has lost its mouth. */
async function twoVersions(server: TestServer) {
  const dana = server.client(server.people.dana.token);
  const { uuid: projectUuid } = server.projects.desk;
  const first = await dana.mustUpload(projectUuid, { bytes: bundleWith(OCULUS_MORPHS, '1.0.0') });
  const second = await dana.mustUpload(projectUuid, {
    bytes: bundleWith(BROKEN_MORPHS, '2.0.0'),
    fields: { lineage_uuid: first.lineage_uuid, activate: 'false' },
  });
  return { first, second, projectUuid };
}

const version = (avatar: { readonly uuid: VersionUuid }) => ({ kind: 'version' as const, versionUuid: avatar.uuid });
const staged = (stageId: string) => ({ kind: 'staged' as const, stageId });

/** Counts the summaries that the server returns from now on. */
function countSummaries(server: TestServer): () => number {
  let count = 0;
  server.app.http.server.on('request', (request, response) => {
    if (request.url?.includes('/summary?')) response.once('finish', () => (count += 1));
  });
  return () => count;
}

async function start(server: TestServer): Promise<RunningApplication> {
  const app = await startApplication(await newMachine(), server.url);
  await signIn(app, server.url, server.people.dana);
  return app;
}

async function file(bytes: Uint8Array) {
  const path = join(await tempFolder(), 'mara.gab');
  await writeFile(path, bytes);
  return chosenFile(path);
}

describe('comparing', () => {
  it('compares two stored versions in both directions', async () => {
    const server = await runningServer();
    const { first, second } = await twoVersions(server);
    const app = await start(server);
    const forwards = mustBe(await app.comparison.compare({ from: version(first), to: version(second) }));
    expect(forwards.verdict).toBe('breaks-runtime');
    expect(forwards.differences[0]).toMatchObject({ code: 'morphs-renamed', area: 'face', path: 'model/body.glb' });
    const backwards = mustBe(await app.comparison.compare({ from: version(second), to: version(first) }));
    expect(backwards.differences).toHaveLength(forwards.differences.length);
    expect(mustBe(await app.comparison.compare({ from: version(first), to: version(first) }))).toEqual({
      verdict: 'same',
      differences: [],
    });
  });

  it('works offline for active and newest versions that were never compared before', async () => {
    const server = await runningServer();
    const { first, second } = await twoVersions(server);
    const answered = countSummaries(server);
    const app = await start(server);
    await until(() => answered() === 2);
    await takeAway(server);
    // The second summary may not be stored yet.
    const comparison = await until(async () => {
      const answer = await app.comparison.compare({ from: version(first), to: version(second) });
      return answer.ok && answer.value;
    });
    expect(comparison.verdict).toBe('breaks-runtime');
  });

  it('fails with `offline` if a summary is missing and the server cannot be reached', async () => {
    const server = await runningServer();
    const { first, second, projectUuid } = await twoVersions(server);
    const bytes = bundleWith(OCULUS_MORPHS, '3.0.0');
    const fields = { lineage_uuid: first.lineage_uuid, activate: 'false' };
    await server.client(server.people.dana.token).mustUpload(projectUuid, { bytes, fields });
    const app = await start(server);
    await takeAway(server);
    // Neither active nor the newest, so it was not prefetched.
    const answer = await app.comparison.compare({ from: version(first), to: version(second) });
    expect(answer).toMatchObject({ ok: false, failure: { code: 'offline' } });
  });

  it('requests each file’s summary once, however often it is compared', async () => {
    const server = await runningServer();
    const { first, second } = await twoVersions(server);
    const answered = countSummaries(server);
    const app = await start(server);
    for (let turn = 0; turn < 3; turn += 1) {
      mustBe(await app.comparison.compare({ from: version(first), to: version(second) }));
      mustBe(await app.library.refresh());
    }
    expect(answered()).toBe(2);
  });

  it('fails for versions that do not exist or cannot be compared', async () => {
    const server = await runningServer();
    const { first, projectUuid } = await twoVersions(server);
    const opaque = await server
      .client(server.people.dana.token)
      .mustUpload(projectUuid, { bytes: Buffer.from('no bundle at all'), fields: { activate: 'false' } });
    const app = await start(server);
    const compare = (to: ReturnType<typeof version> | ReturnType<typeof staged>) =>
      app.comparison.compare({ from: version(first), to });
    expect(await compare(version(opaque))).toMatchObject({ ok: false, failure: { code: 'not_comparable' } });
    expect(await compare(version({ uuid: newVersionUuid() }))).toMatchObject({
      ok: false,
      failure: { code: 'version_gone' },
    });
    expect(await compare(staged(randomUUID()))).toMatchObject({ ok: false, failure: { code: 'stage_gone' } });
    await app.session.signOut();
    expect(await compare(version(first))).toMatchObject({ ok: false, failure: { code: 'signed_out' } });
  });
});

describe('the upload sheet', () => {
  it('shows what a dropped file would change in the active version of its avatar', async () => {
    const server = await runningServer();
    const { first, projectUuid } = await twoVersions(server);
    const app = await start(server);
    const [broken] = await drop(app, projectUuid, [await file(bundleWith([...BROKEN_MORPHS, 'smile'], '3.0.0'))]);
    const verdict = await until(async () => mustBe(await app.uploads.staged({ projectUuid }))[0]?.comparisonVerdict);
    expect(verdict).toBe('breaks-runtime');
    await until(() =>
      app.payloads('uploads.stagedChanged').some(({ files }) => files[0]?.comparisonVerdict === 'breaks-runtime'),
    );
    const details = await app.comparison.compare({ from: version(first), to: staged(broken?.stageId ?? '') });
    expect(mustBe(details).verdict).toBe('breaks-runtime');
  });

  it('requests a missing summary of the active version and emits an event when it arrives', async () => {
    const server = await runningServer();
    const app = await start(server);
    const { projectUuid } = await twoVersions(server);
    // The version is not in the library before the refresh; then the sheet requests its summary
    // immediately.
    await app.application.stageFiles(projectUuid, [await file(bundleWith(OCULUS_MORPHS, '1.0.1'))]);
    mustBe(await app.library.refresh());
    await until(() =>
      app.payloads('uploads.stagedChanged').some(({ files }) => files[0]?.comparisonVerdict === 'harmless'),
    );
  });

  it('shows no comparison if no version of the avatar is active', async () => {
    const server = await runningServer();
    const { first, projectUuid } = await twoVersions(server);
    const app = await start(server);
    const otto = buildBundle({ id: randomUUID(), name: 'Otto' });
    const [asNew] = await drop(app, projectUuid, [await file(otto)]);
    expect(asNew).toMatchObject({ suggestion: { kind: 'new' }, comparisonVerdict: null });
    mustBe(await app.library.activate({ projectUuid, versionUuid: null, expectedActiveUuid: first.uuid }));
    await app.uploads.discard({ stageIds: [asNew?.stageId ?? ''] });
    const [next] = await drop(app, projectUuid, [await file(bundleWith(BROKEN_MORPHS, '3.0.0'))]);
    expect(next).toMatchObject({ suggestion: { kind: 'version' }, comparisonVerdict: null });
  });
});
