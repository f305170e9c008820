import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StorageLimits } from '../../../server/context.ts';
import { avatars } from '../../../server/db/schema/avatars.ts';
import { auditEvents } from '../../../server/db/schema/history.ts';
import { uploadSessions } from '../../../server/db/schema/upload-sessions.ts';
import { purgeTrash } from '../../../server/features/housekeeping/purge-trash.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { type ApiClient, problemOf } from '../../support/api-client.ts';
import { documentBundle, freshBytes } from '../../support/document-bundles.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { SessionUploader } from '../../support/session-uploader.ts';
import { uploadDesk } from '../../support/upload-desk.ts';
import { addPerson, type TestProject } from '../../support/world.ts';

const NO_LIMITS: StorageLimits = { customerBytes: null, projectBytes: null, userBytes: null, diskReserveBytes: 0 };

let server: TestServer;
/** Another process of the same installation. */
let twin: TestServer;
beforeAll(async () => {
  server = await startTestServer({ storageLimits: NO_LIMITS });
  twin = await startTestServer({ shareWith: server, storageLimits: NO_LIMITS });
});
afterAll(async () => {
  await twin.stop();
  await server.stop();
});

const { dana, newProject, rowsOf, filesIn } = uploadDesk(() => server);
const clientOf = (name: 'mira' | 'ada' | 'bo') => server.client(server.people[name].token);
const bundle = (sizeBytes = 20_000) => documentBundle([freshBytes(sizeBytes)]);

let project: TestProject;
beforeEach(async () => {
  project = await newProject();
});

const setQuota = async (quotaBytes: number | null, of = project) => {
  const path = `/api/customer/projects/${of.uuid}/quota`;
  const response = await clientOf('mira').send('PUT', path, { body: { quota_bytes: quotaBytes } });
  expect(response.status).toBe(200);
  return response.json();
};
const storageOf = async (client: ApiClient = dana()) =>
  (await client.get(`/api/customer/projects/${project.uuid}/storage`)).json();
const sorted = (statuses: readonly number[]) => statuses.toSorted((one, other) => one - other);
const uploader = (file: Buffer, client: ApiClient = dana()) =>
  new SessionUploader(client, { projectUuid: project.uuid, file, fields: { activate: false } });

describe('an upload that does not fit', () => {
  test('is refused when it is announced, and says what is full', async () => {
    const stored = bundle();
    await uploader(stored).run();
    await setQuota(stored.byteLength + 1000);
    const upload = uploader(bundle());
    expect(await problemOf(await upload.announce())).toMatchObject({
      status: 507,
      code: 'quota_exceeded',
      detail: expect.stringContaining(`The project "${project.name}" has stored`),
      hint: expect.stringContaining('Ask a manager'),
      quota: {
        scope: 'project',
        used_bytes: stored.byteLength,
        quota_bytes: stored.byteLength + 1000,
        file_bytes: upload.file.byteLength,
      },
    });
    expect((await upload.send(upload.file, 0)).status).toBe(404);
    await setQuota(null);
    await upload.run();
  });

  test('as a form is refused by its Content-Length before anything of it is sent', async () => {
    await setQuota(1_000_000);
    const { status, code } = await sendHeadersOnly(3_000_000);
    expect({ status, code }).toEqual({ status: 507, code: 'quota_exceeded' });
  });

  test('as a form without a length is refused when it has grown too large, and nothing is left', async () => {
    await setQuota(10_000);
    const response = await dana().upload(project.uuid, { bytes: bundle() });
    expect(await problemOf(response)).toMatchObject({ code: 'quota_exceeded', quota: { scope: 'project' } });
    expect(await rowsOf(project)).toEqual([]);
    expect((await filesIn('incoming')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  async function sendHeadersOnly(contentLength: number): Promise<{ status: number; code: string }> {
    const headers = {
      authorization: `Bearer ${server.people.dana.token}`,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': String(contentLength),
    };
    const url = `${server.url}/api/customer/projects/${project.uuid}/avatars`;
    const sending = request(url, { method: 'POST', headers });
    try {
      sending.flushHeaders();
      const [response] = (await once(sending, 'response')) as [IncomingMessage];
      const { code } = JSON.parse(await text(response));
      return { status: response.statusCode ?? 0, code };
    } finally {
      sending.destroy();
    }
  }
});

describe('what counts', () => {
  test('each version in full, however little of it was sent', async () => {
    const first = documentBundle([freshBytes(60_000), freshBytes(10)]);
    await uploader(first).run();
    const quotaBytes = Math.round(3.5 * first.byteLength);
    await setQuota(quotaBytes);
    const content = freshBytes(60_000);
    let sentBytes = 0;
    const statuses: number[] = [];
    for (let at = 0; at < 4; at += 1) {
      const upload = uploader(documentBundle([content, freshBytes(10)]));
      const announced = await upload.announce();
      statuses.push(announced.status);
      if (announced.status === 200) await upload.run();
      sentBytes += upload.sentBytes;
    }
    expect(statuses).toEqual([200, 200, 507, 507]);
    expect((await storageOf()).project.used_bytes).toBeLessThanOrEqual(quotaBytes);
    // The second one sent only what the first one lacked.
    expect(sentBytes).toBeLessThan(1.2 * first.byteLength);
  });

  test('open uploads and the trash, until they are gone', async () => {
    const upload = uploader(bundle());
    await upload.open();
    const { byteLength } = upload.file;
    expect((await storageOf()).project).toEqual({ used_bytes: byteLength, quota_bytes: null });
    const { uuid } = await upload.run();
    expect((await storageOf()).project.used_bytes).toBe(byteLength);
    await dana().send('DELETE', `/api/customer/avatars/${uuid}`);
    expect((await storageOf()).project.used_bytes).toBe(byteLength);
    await purgeTrash(server.app.context, new Date(Date.now() + 31 * DAY_MS));
    expect((await storageOf()).project.used_bytes).toBe(0);
    const abandoned = uploader(bundle());
    await abandoned.open();
    await dana().send('DELETE', `/api/customer/uploads/${abandoned.uuid}`);
    expect((await storageOf()).project.used_bytes).toBe(0);
  });

  test('an announced upload has its room, also if the quota shrinks before it is complete', async () => {
    const upload = uploader(bundle());
    await upload.open();
    await setQuota(0);
    expect((await upload.run()).file_size).toBe(upload.file.byteLength);
  });

  test('nothing for a repeated form or a file that is there already', async () => {
    const bytes = bundle();
    const idempotencyKey = randomUUID();
    const first = await dana().mustUpload(project.uuid, { bytes, idempotencyKey });
    await setQuota(bytes.byteLength);
    expect(await dana().mustUpload(project.uuid, { bytes, idempotencyKey })).toEqual(first);
    expect(await uploader(bytes).open()).toMatchObject({ kind: 'duplicate' });
  });
});

describe('uploads at the same moment', () => {
  test('as sessions, by two server processes, never exceed a quota together', async () => {
    const files = Array.from({ length: 10 }, () => bundle());
    await setQuota(3 * (files[0]?.byteLength ?? 0) + 100);
    const announced = await Promise.all(
      files.map((file, at) => uploader(file, at % 2 === 0 ? dana() : twin.client(server.people.dana.token)).announce()),
    );
    const statuses = announced.map(({ status }) => status);
    expect(sorted(statuses)).toEqual([200, 200, 200, 507, 507, 507, 507, 507, 507, 507]);
  });

  test('as forms never exceed a quota together', async () => {
    const files = Array.from({ length: 4 }, () => bundle());
    await setQuota(2 * (files[0]?.byteLength ?? 0) + 100);
    const responses = await Promise.all(files.map((bytes) => dana().upload(project.uuid, { bytes })));
    expect(sorted(responses.map(({ status }) => status))).toEqual([201, 201, 507, 507]);
    expect(await rowsOf(project)).toHaveLength(2);
    const used = (await rowsOf(project)).reduce((sum, { fileSize }) => sum + fileSize, 0);
    expect((await storageOf()).project.used_bytes).toBe(used);
  });

  test('never exceed the number of open uploads of a user', async () => {
    const eva = await addPerson(server.database.db, {
      name: 'Eva',
      email: `${randomUUID()}@aurora.example`,
      role: 'designer',
      customerId: server.customers.aurora.id,
    });
    const client = server.client(eva.token);
    const opened = uploader(bundle(100), client);
    await opened.open();
    const [row] = await server.database.db.select().from(uploadSessions).where(eq(uploadSessions.uuid, opened.uuid));
    if (!row) throw new Error('no session');
    const more = Array.from({ length: 252 }, () => ({ ...row, uuid: randomUUID() }));
    await server.database.db.insert(uploadSessions).values(more);
    const announced = await Promise.all(Array.from({ length: 8 }, () => uploader(bundle(100), client).announce()));
    const statuses = announced.map(({ status }) => status);
    expect(sorted(statuses)).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
    await server.database.db.delete(uploadSessions).where(eq(uploadSessions.userId, eva.id));
  });
});

describe('a quota', () => {
  test('of a customer is set by administrators and shown to everybody who sees the whole customer', async () => {
    const path = `/api/admin/customers/${server.customers.aurora.uuid}/quota`;
    expect((await clientOf('mira').send('PUT', path, { body: { quota_bytes: 5 } })).status).toBe(403);
    const set = await clientOf('ada').send('PUT', path, { body: { quota_bytes: 5 } });
    expect(await set.json()).toMatchObject({ quota_bytes: 5 });
    const announced = await problemOf(await uploader(bundle()).announce());
    expect(announced).toMatchObject({ code: 'quota_exceeded', quota: { scope: 'customer', quota_bytes: 5 } });
    expect((await storageOf()).customer.quota_bytes).toBe(5);
    const guest = await addPerson(server.database.db, {
      name: 'Guest',
      email: `${randomUUID()}@aurora.example`,
      role: 'designer',
      customerId: server.customers.aurora.id,
      projectId: project.id,
    });
    const theirs = server.client(guest.token);
    expect((await storageOf(theirs)).customer).toBeNull();
    const refused = await problemOf(await uploader(bundle(), theirs).announce());
    expect(refused.quota).toMatchObject({ scope: 'customer', used_bytes: null, quota_bytes: null });
    await clientOf('ada').send('PUT', path, { body: { quota_bytes: null } });
    const { customers } = await (await clientOf('ada').get('/api/admin/storage')).json();
    expect(customers).toContainEqual(
      expect.objectContaining({
        slug: 'aurora',
        used_bytes: (await storageOf()).customer.used_bytes,
        quota_bytes: null,
      }),
    );
  });

  test('of a project is set by managers, audited, and announced in the change feed', async () => {
    const path = `/api/customer/projects/${project.uuid}/quota`;
    expect((await dana().send('PUT', path, { body: { quota_bytes: 5 } })).status).toBe(403);
    expect((await clientOf('bo').send('PUT', path, { body: { quota_bytes: 5 } })).status).toBe(404);
    const before = await (await dana().get('/api/customer/changes?since=0&limit=1')).json();
    await setQuota(7000);
    const [event] = await server.database.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, 'project.quota_changed'))
      .orderBy(auditEvents.id)
      .then((rows) => rows.slice(-1));
    expect(event).toMatchObject({ projectUuid: project.uuid, details: { from: null, to: 7000 } });
    const query = `since=0&feed_id=${before.feed_id}`;
    const { changes } = await (await dana().get(`/api/customer/changes?${query}`)).json();
    expect(changes.at(-1)).toMatchObject({ entity: 'project', uuid: project.uuid });
  });

  test('of a user counts their uploads in all projects', async () => {
    const limited = await startTestServer({ shareWith: server, storageLimits: { ...NO_LIMITS, userBytes: 1 } });
    try {
      const announced = await uploader(bundle(), limited.client(server.people.dana.token)).announce();
      expect(await problemOf(announced)).toMatchObject({ code: 'quota_exceeded', quota: { scope: 'user' } });
    } finally {
      await limited.stop();
    }
  });
});

test('the reserve of the disk stays free', async () => {
  const limits = { ...NO_LIMITS, diskReserveBytes: 1_000_000_000_000_000 };
  const full = await startTestServer({ shareWith: server, storageLimits: limits });
  try {
    const client = full.client(server.people.dana.token);
    expect(await problemOf(await uploader(bundle(), client).announce())).toMatchObject({
      status: 507,
      code: 'storage_full',
    });
    expect(await problemOf(await client.upload(project.uuid, { bytes: bundle() }))).toMatchObject({
      status: 507,
      code: 'storage_full',
    });
  } finally {
    await full.stop();
  }
});

describe('equal bundles', () => {
  const pathOf = (uuid: string) => join(server.dataDir, 'uploads', 'avatars', `${uuid}.gab`);
  const inodeOf = async (uuid: string) => (await stat(pathOf(uuid))).ino;

  test('of one customer are one file on the disk, those of two customers are not', async () => {
    const bytes = bundle();
    const first = await dana().mustUpload(project.uuid, { bytes });
    const second = await dana().mustUpload(server.projects.kiosk.uuid, { bytes });
    const foreign = await clientOf('bo').mustUpload(server.projects.reception.uuid, { bytes });
    expect(await inodeOf(second.uuid)).toBe(await inodeOf(first.uuid));
    expect(await inodeOf(foreign.uuid)).not.toBe(await inodeOf(first.uuid));
    expect((await storageOf()).project.used_bytes).toBe(bytes.byteLength);
  });

  test('are stored again if the earlier file is damaged', async () => {
    const bytes = bundle();
    const first = await dana().mustUpload(project.uuid, { bytes });
    await writeFile(pathOf(first.uuid), Buffer.alloc(bytes.byteLength));
    const second = await dana().mustUpload(project.uuid, { bytes });
    const stored = await dana().get(`/api/customer/avatars/${second.uuid}/download`);
    expect(Buffer.from(await stored.arrayBuffer()).equals(bytes)).toBe(true);
    await server.database.db.delete(avatars).where(eq(avatars.uuid, first.uuid));
  });
});
