import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { avatars } from '../../../server/db/schema/avatars.ts';
import { idempotencyKeys } from '../../../server/db/schema/requests.ts';
import { MIB } from '../../../shared/lib/sizes.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { uploadDesk } from '../../support/upload-desk.ts';

let server: TestServer;
let bundle: Buffer;

beforeAll(async () => {
  server = await startTestServer();
  bundle = await readFixture('gab/portrait-2d.gab');
});
afterAll(() => server.stop());

const { dana, newProject, rowsOf, filesIn } = uploadDesk(() => server);

// What a client gets that sends an upload again, and how it finds out its progress.

describe('an upload with an Idempotency-Key', () => {
  test('gets the first response when it is repeated, and nothing is stored', async () => {
    const project = await newProject();
    const input = { bytes: bundle, fileName: 'r.gab', fields: { name: 'Robin' }, idempotencyKey: 'replayed-key' };
    const first = await dana().upload(project.uuid, input);
    const body = await first.json();
    expect(first.headers.has('idempotency-replayed')).toBe(false);
    await dana().send('PATCH', `/api/customer/avatars/${body.uuid}`, { body: { name: 'Renamed since' } });
    const again = await dana().upload(project.uuid, input);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(await again.json()).toEqual(body);
    expect(await rowsOf(project)).toHaveLength(1);
    expect(await filesIn('incoming')).toEqual([]);
  });

  test.each([
    ['other bytes', { bytes: Buffer.from('other') }],
    ['another name', { fields: { name: 'Other' } }],
    ['another file name', { fileName: 'other.gab' }],
  ])('fails for the same key with %s', async (what, change) => {
    const project = await newProject();
    const input = { bytes: bundle, fileName: 'r.gab', idempotencyKey: `reused with ${what}` };
    await dana().mustUpload(project.uuid, input);
    const response = await dana().upload(project.uuid, { ...input, ...change });
    expect(await problemOf(response)).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    expect(await rowsOf(project)).toHaveLength(1);
  });

  test('fails for the same key in another project', async () => {
    const projects = [await newProject(), await newProject()] as const;
    const input = { bytes: bundle, idempotencyKey: 'two projects' };
    await dana().mustUpload(projects[0].uuid, input);
    expect((await dana().upload(projects[1].uuid, input)).status).toBe(422);
  });

  test('is stored once and gets the same response five times when it is sent five times at once', async () => {
    const project = await newProject();
    const input = { bytes: bundle, idempotencyKey: 'five at once' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => dana().mustUpload(project.uuid, input)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await rowsOf(project)).toHaveLength(1);
    const stored = await filesIn('uploads/avatars');
    expect(stored.filter((name) => name === answers[0]?.filename)).toHaveLength(1);
    const rows = await server.database.db.select({ filename: avatars.filename }).from(avatars);
    expect(stored.sort()).toEqual(rows.map(({ filename }) => filename).sort());
  });

  test('does not share its key with another user’s upload', async () => {
    const project = await newProject();
    const ada = server.client(server.people.ada.token);
    const first = await dana().mustUpload(project.uuid, { bytes: bundle, idempotencyKey: 'same key, two people' });
    const second = await ada.mustUpload(project.uuid, { bytes: bundle, idempotencyKey: 'same key, two people' });
    expect(second.uuid).not.toBe(first.uuid);
  });

  test('can be sent again with its key after it was refused', async () => {
    const project = await newProject();
    const idempotencyKey = 'refused, then mended';
    expect(
      (await dana().upload(project.uuid, { bytes: await readFixture('hostile/crc-wrong.gab'), idempotencyKey })).status,
    ).toBe(422);
    expect((await dana().get('/api/customer/uploads/refused,%20then%20mended')).status).toBe(200);
    expect((await dana().upload(project.uuid, { bytes: bundle, idempotencyKey })).status).toBe(201);
    const rows = await server.database.db.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, idempotencyKey));
    expect(rows).toHaveLength(1);
  });

  test.each(['short', 'x'.repeat(201)])('fails for a key of the wrong length: %s', async (idempotencyKey) => {
    const project = await newProject();
    const response = await dana().upload(project.uuid, { bytes: bundle, idempotencyKey });
    expect(await problemOf(response)).toMatchObject({ status: 400, errors: [{ where: 'headers.idempotency-key' }] });
  });
});

describe('a receipt', () => {
  test('has the number of received bytes, from any server process, until the upload is stored', async () => {
    const project = await newProject();
    const other = await startTestServer({ shareWith: server });
    try {
      const large = buildBundle({ sizeBytes: 8 * MIB });
      const receipt = async () =>
        (await other.client(server.people.dana.token).get('/api/customer/uploads/receipt-key')).json();
      expect(await receipt()).toMatchObject({ code: 'not_found' });
      const half = Promise.withResolvers<void>();
      const body = new ReadableStream({
        async start(controller) {
          controller.enqueue(
            Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.gab"\r\n\r\n'),
          );
          controller.enqueue(large.subarray(0, 4 * MIB));
          await half.promise;
          controller.enqueue(large.subarray(4 * MIB));
          controller.enqueue(Buffer.from('\r\n--b--\r\n'));
          controller.close();
        },
      });
      const headers = { 'content-type': 'multipart/form-data; boundary=b', 'idempotency-key': 'receipt-key' };
      const upload = dana().send('POST', `/api/customer/projects/${project.uuid}/avatars`, { body, headers });
      await vi.waitFor(async () => expect(await receipt()).toMatchObject({ state: 'receiving' }), 30_000);
      const { received_bytes: received } = await receipt();
      expect(received).toBeGreaterThan(0);
      expect(received).toBeLessThanOrEqual(4 * MIB);
      half.resolve();
      expect((await upload).status).toBe(201);
      expect(await receipt()).toEqual({ received_bytes: large.byteLength, state: 'stored' });
    } finally {
      await other.stop();
    }
  });
});
