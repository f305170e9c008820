import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { avatars } from '../../../server/db/schema/avatars.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { documentBundle, edited, freshBytes, freshParts } from '../../support/document-bundles.ts';
import { scaledRuns, testSeed as seed } from '../../support/property-runs.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { type SessionUpload, SessionUploader } from '../../support/session-uploader.ts';
import { uploadDesk } from '../../support/upload-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const { dana, newProject, rowsOf, filesIn } = uploadDesk(() => server);
const sessionFiles = () => filesIn('incoming/sessions');
const uploader = (upload: SessionUpload, client = dana()) => new SessionUploader(client, upload);

async function storedBytes(uuid: string): Promise<Buffer> {
  const response = await dana().get(`/api/customer/avatars/${uuid}/download`);
  return Buffer.from(await response.arrayBuffer());
}

describe('a first upload', () => {
  test('of an unknown file is sent whole, stored and activated', async () => {
    const parts = freshParts();
    const project = await newProject();
    const file = documentBundle(parts);
    const upload = uploader({ projectUuid: project.uuid, file, fields: { name: 'Mara' } });
    const avatar = await upload.run();
    expect(avatar).toMatchObject({ name: 'Mara', version: 1, activation: 'activated', file_size: file.byteLength });
    expect((await storedBytes(avatar.uuid)).equals(file)).toBe(true);
    expect(upload.sentBytes).toBe(file.byteLength);
    expect(await sessionFiles()).toEqual([]);
  });

  test('is activated only over the version that it was to replace, or over none', async () => {
    const project = await newProject();
    const run = (fields: Record<string, unknown>) =>
      uploader({ projectUuid: project.uuid, file: documentBundle([freshBytes(1000)]), fields }).run();
    const first = await run({ expected_active_uuid: null });
    expect(first).toMatchObject({ activation: 'activated', is_active: true });
    expect(await run({ expected_active_uuid: null })).toMatchObject({ activation: 'active_changed', is_active: false });
    const second = await run({ expected_active_uuid: first.uuid });
    expect(second).toMatchObject({ activation: 'activated', is_active: true });
    expect(await run({ expected_active_uuid: first.uuid })).toMatchObject({ activation: 'active_changed' });
    expect(await run({})).toMatchObject({ activation: 'activated' });
  });

  test('continues inside a piece where it was interrupted, also with another server process', async () => {
    const project = await newProject();
    const file = documentBundle([freshBytes(500_000)]);
    const upload = uploader({ projectUuid: project.uuid, file });
    const plan = await upload.open();
    expect(plan).toMatchObject({ kind: 'whole', stream_bytes: file.byteLength, received_bytes: 0 });
    expect(await (await upload.send(file.subarray(0, 123_457), 0)).json()).toMatchObject({ received_bytes: 123_457 });
    const second = await startTestServer({ shareWith: server });
    const elsewhere = new SessionUploader(second.client(server.people.dana.token), {
      projectUuid: project.uuid,
      file,
      uploadUuid: upload.uuid,
    });
    expect(await elsewhere.open()).toMatchObject({ kind: 'whole', received_bytes: 123_457 });
    const avatar = await elsewhere.run();
    await second.stop();
    expect((await storedBytes(avatar.uuid)).equals(file)).toBe(true);
    expect(elsewhere.sentBytes).toBe(file.byteLength - 123_457);
  });

  test('keeps the bytes received before the connection broke', async () => {
    const project = await newProject();
    const file = documentBundle([freshBytes(400_000)]);
    const upload = uploader({ projectUuid: project.uuid, file });
    await upload.open();
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(file.subarray(0, 300_000)));
        setImmediate(() => controller.error(new Error('cut')));
      },
    });
    const sent = dana().send('PUT', `/api/customer/uploads/${upload.uuid}/stream?from=0`, {
      body: broken,
      headers: { 'content-type': 'application/octet-stream' },
    });
    await expect(sent).rejects.toThrow();
    const plan = await upload.open();
    if (plan.kind !== 'whole') throw new Error(plan.kind);
    const avatar = await upload.run();
    expect((await storedBytes(avatar.uuid)).equals(file)).toBe(true);
  });

  test('skips bytes that are already there, and refuses a gap with the position to continue at', async () => {
    const project = await newProject();
    const file = documentBundle([freshBytes(50_000)]);
    const upload = uploader({ projectUuid: project.uuid, file });
    await upload.open();
    expect(await problemOf(await upload.send(file.subarray(100, 200), 100))).toMatchObject({
      status: 409,
      code: 'upload_position',
      detail: expect.stringContaining('0 bytes'),
    });
    await upload.send(file.subarray(0, 1000), 0);
    expect(await (await upload.send(file.subarray(0, 2000), 0)).json()).toMatchObject({ received_bytes: 2000 });
    expect(await problemOf(await upload.complete())).toMatchObject({ status: 409, code: 'upload_unfinished' });
    expect(await problemOf(await upload.send(Buffer.alloc(file.byteLength), 2000))).toMatchObject({ status: 400 });
    const other = uploader({ projectUuid: project.uuid, file });
    await other.run();
    expect(await rowsOf(project)).toHaveLength(1);
  });
});

describe('a new version', () => {
  test('sends only the changed pieces', async () => {
    const parts = freshParts();
    const project = await newProject();
    const before = await uploader({ projectUuid: project.uuid, file: documentBundle(parts) }).run();
    const [first = Buffer.alloc(0), ...rest] = parts;
    const file = documentBundle([edited(first, 150_000), ...rest], { version: '1.1.0' });
    const upload = uploader({ projectUuid: project.uuid, file, fields: { lineage_uuid: before.lineage_uuid } });
    const avatar = await upload.run();
    expect(avatar).toMatchObject({ version: 2, lineage_uuid: before.lineage_uuid });
    expect((await storedBytes(avatar.uuid)).equals(file)).toBe(true);
    expect(upload.sentBytes).toBeLessThan(file.byteLength / 8);
  });

  test('of a file that is not an archive sends only the changed chunks', async () => {
    const project = await newProject();
    const content = freshBytes(600_000);
    const before = await uploader({ projectUuid: project.uuid, file: content }).run();
    const file = edited(content, 300_000);
    const upload = uploader({ projectUuid: project.uuid, file, fields: { lineage_uuid: before.lineage_uuid } });
    const avatar = await upload.run();
    expect((await storedBytes(avatar.uuid)).equals(file)).toBe(true);
    expect(upload.sentBytes).toBeLessThan(200_000);
  });

  test('reuses pieces from another project of the same customer', async () => {
    const parts = freshParts();
    const [one, other] = [await newProject(), await newProject()];
    await uploader({ projectUuid: one.uuid, file: documentBundle(parts) }).run();
    const file = documentBundle(parts.toReversed(), { version: '3.0.0' });
    const upload = uploader({ projectUuid: other.uuid, file });
    const avatar = await upload.run();
    expect((await storedBytes(avatar.uuid)).equals(file)).toBe(true);
    expect(upload.sentBytes).toBeLessThan(20_000);
  });

  test('sends nothing if all its pieces are stored, even to a server without a folder for streams', async () => {
    const untouched = await startTestServer();
    const designer = untouched.client(untouched.people.dana.token);
    const file = documentBundle(freshParts());
    await designer.mustUpload(untouched.projects.desk.uuid, { bytes: file });
    const upload = uploader({ projectUuid: untouched.projects.kiosk.uuid, file }, designer);
    expect(await upload.run()).toMatchObject({ version: 1, file_size: file.byteLength });
    expect(upload.sentBytes).toBe(0);
    await untouched.stop();
  });

  test('is sent whole if the version with a needed piece has been purged in the meantime', async () => {
    const parts = freshParts();
    const project = await newProject();
    const before = await uploader({ projectUuid: project.uuid, file: documentBundle(parts) }).run();
    const [first = Buffer.alloc(0), ...rest] = parts;
    const file = documentBundle([edited(first, 90_000), ...rest], { version: '1.2.0' });
    const upload = uploader({ projectUuid: project.uuid, file, fields: { lineage_uuid: before.lineage_uuid } });
    let plan = await upload.open();
    if (plan.kind === 'chunks') plan = await upload.describe(plan);
    if (plan.kind !== 'pieces') throw new Error(plan.kind);
    await upload.send(await upload.stream(plan), 0);
    await server.database.db.delete(avatars).where(eq(avatars.uuid, before.uuid));
    await rm(join(server.dataDir, 'uploads', 'avatars', before.filename));
    expect(await problemOf(await upload.complete())).toMatchObject({ status: 409, code: 'upload_restart' });
    expect(await upload.open()).toMatchObject({ kind: 'whole', received_bytes: 0, stream_bytes: file.byteLength });
    expect((await storedBytes((await upload.run()).uuid)).equals(file)).toBe(true);
  });

  test('cannot obtain stored pieces through false hashes in its manifest: it must be sent whole and is refused', async () => {
    const project = await newProject();
    const [stored, other] = [freshBytes(200_000).toString('hex'), freshBytes(200_000).toString('hex')];
    const sizeBytes = 2_000_000;
    const part = (content = '') => ({
      id: 'd',
      kind: 'document',
      format: 'txt',
      path: 'docs/part.txt',
      content: Buffer.from(content),
    });
    await uploader({ projectUuid: project.uuid, file: buildBundle({ assets: [part(stored)] }) }).run();
    const honest = buildBundle({ assets: [part(other)], sizeBytes });
    const claim = (content = '') => sha256Hex(content);
    const at = honest.indexOf(claim(other));
    const file = Buffer.concat([honest.subarray(0, at), Buffer.from(claim(stored)), honest.subarray(at + 64)]);
    const upload = uploader({ projectUuid: project.uuid, file });
    const plan = await upload.open();
    if (plan.kind !== 'pieces') throw new Error(plan.kind);
    await upload.send(await upload.stream(plan), 0);
    expect(upload.sentBytes).toBeLessThan(file.byteLength - stored.length + 1000);
    expect(await problemOf(await upload.complete())).toMatchObject({ status: 409, code: 'upload_restart' });
    expect(await upload.open()).toMatchObject({ kind: 'whole', received_bytes: 0 });
    await upload.send(file, 0);
    expect(await problemOf(await upload.complete())).toMatchObject({ status: 422, code: 'bundle_invalid' });
    expect(await rowsOf(project)).toHaveLength(1);
    expect(await sessionFiles()).not.toContain(`${upload.uuid}.stream`);
  });

  test(`is assembled byte for byte after any edit (seed ${seed})`, async () => {
    const parts = freshParts();
    const project = await newProject();
    const first = await uploader({ projectUuid: project.uuid, file: documentBundle(parts) }).run();
    let contents: Buffer[] = parts;
    let round = 0;
    const edit = fc.oneof(
      fc.record({ kind: fc.constant('patch'), which: fc.nat(9), at: fc.nat(80_000) }),
      fc.record({ kind: fc.constant('replace'), which: fc.nat(9), at: fc.integer({ min: 1, max: 90_000 }) }),
      fc.record({ kind: fc.constant('remove'), which: fc.nat(9), at: fc.constant(0) }),
      fc.record({ kind: fc.constant('add'), which: fc.nat(9), at: fc.integer({ min: 1, max: 90_000 }) }),
      fc.record({ kind: fc.constant('reverse'), which: fc.nat(9), at: fc.constant(0) }),
    );
    const scripts = fc.array(edit, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        for (const { kind, which, at } of script) {
          const index = which % contents.length;
          const content = contents[index] ?? Buffer.alloc(0);
          if (kind === 'reverse') contents = contents.toReversed();
          else if (kind === 'add') contents = [...contents, freshBytes(at)].slice(-6);
          else if (kind === 'remove' && contents.length > 1) contents = contents.filter((_, i) => i !== index);
          else if (kind === 'replace') contents = contents.with(index, freshBytes(at));
          else contents = contents.with(index, edited(content, at % Math.max(1, content.byteLength - 60)));
        }
        round += 1;
        const file = documentBundle(contents, { version: `2.0.${round}` });
        const upload = uploader({ projectUuid: project.uuid, file, fields: { lineage_uuid: first.lineage_uuid } });
        expect((await storedBytes((await upload.run()).uuid)).equals(file)).toBe(true);
      }),
      { seed, numRuns: scaledRuns(25), endOnFailure: true },
    );
  });
});

describe('a repeated upload', () => {
  test('of bytes that the project already has sends nothing and returns that version', async () => {
    const parts = freshParts();
    const project = await newProject();
    const stored = await uploader({ projectUuid: project.uuid, file: documentBundle(parts) }).run();
    expect(await uploader({ projectUuid: project.uuid, file: documentBundle(parts) }).open()).toMatchObject({
      kind: 'duplicate',
      avatar: { uuid: stored.uuid },
    });
    expect(await rowsOf(project)).toHaveLength(1);
  });

  test('after a lost response gets it again and changes nothing', async () => {
    const parts = freshParts();
    const project = await newProject();
    const upload = uploader({ projectUuid: project.uuid, file: documentBundle(parts) });
    const stored = await upload.run();
    expect(await (await upload.complete()).json()).toEqual(stored);
    expect(await upload.open()).toEqual({ kind: 'stored', avatar: stored });
    expect(await rowsOf(project)).toHaveLength(1);
  });

  test('completed four times at once, in two processes, is one version with one response', async () => {
    const project = await newProject();
    const twin = await startTestServer({ shareWith: server });
    try {
      const upload = uploader({ projectUuid: project.uuid, file: documentBundle(freshParts()) });
      expect((await upload.open()).kind).toBe('whole');
      await upload.send(upload.file, 0);
      const there = new SessionUploader(twin.client(server.people.dana.token), {
        projectUuid: project.uuid,
        file: upload.file,
        uploadUuid: upload.uuid,
      });
      const responses = await Promise.all([upload, there, upload, there].map((one) => one.complete()));
      expect(responses.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      const bodies = await Promise.all(responses.map((response) => response.json()));
      expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
      expect(await rowsOf(project)).toHaveLength(1);
      expect((await upload.open()).kind).toBe('stored');
    } finally {
      await twin.stop();
    }
  });

  test('completed twice at once is refused alike', async () => {
    const upload = uploader({
      projectUuid: (await newProject()).uuid,
      file: await readFixture('hostile/crc-wrong.gab'),
    });
    await upload.open();
    await upload.send(upload.file, 0);
    const problems = await Promise.all([upload.complete(), upload.complete()].map(async (one) => problemOf(await one)));
    expect(problems.map(({ code }) => code)).toEqual(['bundle_invalid', 'bundle_invalid']);
  });

  test('announced twice at once is one session', async () => {
    const project = await newProject();
    const upload = uploader({ projectUuid: project.uuid, file: documentBundle(freshParts()) });
    const plans = await Promise.all([upload.open(), upload.open(), upload.open()]);
    expect(plans.map(({ kind }) => kind)).toEqual(['whole', 'whole', 'whole']);
    await upload.run();
    expect(await rowsOf(project)).toHaveLength(1);
  });

  test('keeps a name with `%22` as it is, because it is not sent as a form', async () => {
    const project = await newProject();
    const file = documentBundle([freshBytes(2000)]);
    const avatar = await uploader({ projectUuid: project.uuid, file, fileName: '100%22 "白い".gab' }).run();
    expect(avatar.original_filename).toBe('100%22 "白い".gab');
  });

  test('with the same UUID and another file is refused', async () => {
    const parts = freshParts();
    const project = await newProject();
    const upload = uploader({ projectUuid: project.uuid, file: documentBundle(parts) });
    await upload.open();
    const other = uploader({
      projectUuid: project.uuid,
      file: documentBundle([freshBytes(10)]),
      uploadUuid: upload.uuid,
    });
    expect(await problemOf(await other.announce())).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });

  test('of the same bytes at the same time is stored as a second version', async () => {
    const project = await newProject();
    const file = documentBundle([freshBytes(150_000)]);
    const both = [1, 2].map(() => uploader({ projectUuid: project.uuid, file }));
    for (const upload of both) expect((await upload.open()).kind).toBe('whole');
    for (const upload of both) await upload.send(file, 0);
    const answers = await Promise.all(both.map(async (upload) => (await upload.complete()).status));
    expect(answers).toEqual([201, 201]);
    expect(await rowsOf(project)).toHaveLength(2);
  });
});

test('the pieces of a stored file are recorded for later uploads, whichever way it was uploaded', async () => {
  const parts = freshParts();
  const project = await newProject();
  const byForm = await dana().mustUpload(project.uuid, { bytes: documentBundle(parts) });
  const rows = await server.database.db.execute(
    sql`select count(*)::int as n from bundle_pieces p join avatars a on a.id = p.avatar_id where a.uuid = ${byForm.uuid}`,
  );
  expect(rows.rows[0]?.n).toBeGreaterThan(parts.length);
  expect(await server.database.db.$count(avatars, eq(avatars.uuid, byForm.uuid))).toBe(1);
});
