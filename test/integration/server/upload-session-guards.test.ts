import { randomUUID } from 'node:crypto';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { uploadReceipts } from '../../../server/db/schema/requests.ts';
import { uploadSessions } from '../../../server/db/schema/upload-sessions.ts';
import { sweepSessions } from '../../../server/features/uploads/sessions/sweep-sessions.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/lib/durations.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { documentBundle, freshBytes, freshParts } from '../../support/document-bundles.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { type SessionUpload, SessionUploader } from '../../support/session-uploader.ts';
import { uploadDesk } from '../../support/upload-desk.ts';

// Who may use an upload session, what it refuses, and when it expires.

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const { dana, newProject, rowsOf, filesIn } = uploadDesk(() => server);
const sessionFiles = () => filesIn('incoming/sessions');
const uploader = (upload: SessionUpload, client = dana()) => new SessionUploader(client, upload);

describe('another user', () => {
  test('cannot find out whether another customer has a piece', async () => {
    const file = documentBundle([freshBytes(250_000)]);
    await uploader({ projectUuid: (await newProject()).uuid, file }).run();
    const bo = server.client(server.people.bo.token);
    const foreign = uploader({ projectUuid: server.projects.reception.uuid, file }, bo);
    expect(await foreign.open()).toMatchObject({ kind: 'whole', stream_bytes: file.byteLength });
  });

  test('cannot open a session with the UUID of another one, and gets none of its bytes', async () => {
    const project = await newProject();
    const upload = uploader({ projectUuid: project.uuid, file: documentBundle(freshParts()) });
    await upload.open();
    await upload.send(upload.file.subarray(0, 5000), 0);
    const bo = server.client(server.people.bo.token);
    const file = documentBundle([freshBytes(20_000)]);
    const theirs = uploader({ projectUuid: server.projects.reception.uuid, file, uploadUuid: upload.uuid }, bo);
    expect(await problemOf(await theirs.announce())).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    expect(await upload.open()).toMatchObject({ received_bytes: 5000 });
  });

  test('cannot see, continue, complete or abandon a session', async () => {
    const parts = freshParts();
    const project = await newProject();
    const upload = uploader({ projectUuid: project.uuid, file: documentBundle(parts) });
    await upload.open();
    for (const person of [server.people.bo, server.people.viktor, server.people.ada]) {
      const theirs = uploader(
        { projectUuid: project.uuid, file: upload.file, uploadUuid: upload.uuid },
        server.client(person.token),
      );
      expect((await theirs.send(upload.file, 0)).status).toBe(404);
      expect((await theirs.complete()).status).toBe(404);
      const path = `/api/customer/uploads/${upload.uuid}`;
      expect((await server.client(person.token).send('DELETE', path)).status).toBe(404);
    }
    expect(await upload.open()).toMatchObject({ received_bytes: 0 });
  });
});

describe('completing an upload fails', () => {
  test('at once if the recipe does not add up', async () => {
    const parts = freshParts();
    const project = await newProject();
    const upload = uploader({ projectUuid: project.uuid, file: documentBundle(parts) });
    for (const recipe of ['', 'AAAA', Buffer.from('not deflated').toString('base64')]) {
      expect(await problemOf(await upload.announce({ recipe }))).toMatchObject({
        status: 400,
        code: 'invalid_request',
        errors: [{ where: 'body.recipe' }],
      });
    }
    expect(await problemOf(await upload.announce({ file_size: 7 }))).toMatchObject({ status: 400 });
  });

  test('with `upload_restart` if the file is not the announced one; then the whole file is requested', async () => {
    const project = await newProject();
    const file = documentBundle([freshBytes(300_000)]);
    const upload = uploader({ projectUuid: project.uuid, file });
    await upload.announce({ sha256: sha256Hex('something else') });
    await upload.send(file, 0);
    expect(await problemOf(await upload.complete())).toMatchObject({ status: 409, code: 'upload_restart' });
    expect(await rowsOf(project)).toEqual([]);
  });

  test('with the findings of an invalid bundle, of which nothing is left', async () => {
    const project = await newProject();
    const upload = uploader({ projectUuid: project.uuid, file: await readFixture('hostile/crc-wrong.gab') });
    await upload.open();
    await upload.send(upload.file, 0);
    const problem = await problemOf(await upload.complete());
    expect(problem).toMatchObject({ status: 422, code: 'bundle_invalid' });
    expect(problem.issues?.map(({ code }) => code)).toContain('GAB_E_CRC');
    expect(await sessionFiles()).not.toContain(`${upload.uuid}.stream`);
  });
});

describe('an open session', () => {
  test('is listed for administrators with its progress', async () => {
    const project = await newProject();
    const file = documentBundle([freshBytes(40_000)]);
    const upload = uploader({ projectUuid: project.uuid, file, fileName: 'Zoë.gab' });
    await upload.open();
    await upload.send(file.subarray(0, 500), 0);
    const { uploads } = await (await server.client(server.people.ada.token).get('/api/admin/uploads')).json();
    expect(uploads).toContainEqual(
      expect.objectContaining({
        upload_uuid: upload.uuid,
        project_uuid: project.uuid,
        customer_uuid: server.customers.aurora.uuid,
        user_email: 'dana@aurora.example',
        original_filename: 'Zoë.gab',
        plan: 'whole',
        received_bytes: 500,
        stream_bytes: file.byteLength,
      }),
    );
  });

  test('is removed when it is abandoned', async () => {
    const project = await newProject();
    const upload = uploader({ projectUuid: project.uuid, file: documentBundle([freshBytes(40_000)]) });
    await upload.open();
    await upload.send(upload.file.subarray(0, 500), 0);
    expect((await dana().send('DELETE', `/api/customer/uploads/${upload.uuid}`)).status).toBe(204);
    expect(await sessionFiles()).not.toContain(`${upload.uuid}.stream`);
    expect((await upload.complete()).status).toBe(404);
  });

  test('expires a day after its last byte; streams that belong to no session are swept as well', async () => {
    const project = await newProject();
    const [old, young] = [0, 1].map(() =>
      uploader({ projectUuid: project.uuid, file: documentBundle([freshBytes(40_000)]) }),
    );
    for (const upload of [old, young]) {
      await upload?.open();
      await upload?.send(upload.file.subarray(0, 500), 0);
    }
    await server.database.db
      .update(uploadSessions)
      .set({ touchedAt: new Date(Date.now() - 2 * DAY_MS) })
      .where(eq(uploadSessions.uuid, old?.uuid ?? ''));
    const stray = join(server.dataDir, 'incoming', 'sessions', `${young?.uuid}.${randomUUID()}.part`);
    await writeFile(stray, 'left by a crash');
    await utimes(stray, new Date(0), new Date(0));
    await sweepSessions(server.app.context);
    const left = await sessionFiles();
    expect(left).toContain(`${young?.uuid}.stream`);
    expect(left.filter((name) => name.startsWith(old?.uuid ?? '-') || name.endsWith('.part'))).toEqual([]);
    expect((await old?.complete())?.status).toBe(404);
  });
});

describe('the receipt of an upload', () => {
  const begun = async () => {
    const project = await newProject();
    const upload = uploader({ projectUuid: project.uuid, file: documentBundle([freshBytes(40_000)]) });
    await upload.open();
    await upload.send(upload.file, 0);
    return upload;
  };
  const progress = async (key: string) => (await dana().get(`/api/customer/uploads/${key}`)).json();
  const leaveReceipt = (key: string, ageSeconds: number) =>
    server.database.db.insert(uploadReceipts).values({
      userId: server.people.dana.id,
      key,
      receivedBytes: 7,
      state: 'checking',
      updatedAt: sql`now() - make_interval(secs => ${ageSeconds})`,
    });

  test('is no longer `checking` if the server died during the check', async () => {
    const upload = await begun();
    await leaveReceipt(upload.uuid, 60);
    expect(await progress(upload.uuid)).toMatchObject({ state: 'receiving', received_bytes: upload.file.byteLength });
    expect((await upload.complete()).status).toBe(201);
    expect(await progress(upload.uuid)).toMatchObject({ state: 'stored' });
    await leaveReceipt('a form that was never answered', 60);
    expect(await progress('a form that was never answered')).toMatchObject({ code: 'not_found' });
  });

  test('is `checking` during the check', async () => {
    const upload = await begun();
    await leaveReceipt(upload.uuid, 2);
    expect(await progress(upload.uuid)).toMatchObject({ state: 'checking' });
  });

  test('is no longer `checking` after the check threw, and the upload can continue', async () => {
    const upload = await begun();
    const breaking = vi
      .spyOn(server.app.context.fileWorkers, 'inspect')
      .mockRejectedValue(new Error('the thread died'));
    try {
      expect((await upload.complete()).status).toBe(500);
    } finally {
      breaking.mockRestore();
    }
    expect(await progress(upload.uuid)).toMatchObject({ state: 'receiving' });
    expect((await upload.complete()).status).toBe(201);
  });
});

test('sessions expire after the number of hours in the settings', async () => {
  const project = await newProject();
  const patient = await startTestServer({ shareWith: server, uploadSessionHours: 72 });
  try {
    const client = patient.client(server.people.dana.token);
    const upload = uploader({ projectUuid: project.uuid, file: documentBundle([freshBytes(40_000)]) }, client);
    const plan = await upload.open();
    const hours = 'expires_at' in plan ? (Date.parse(plan.expires_at) - Date.now()) / HOUR_MS : 0;
    expect(Math.round(hours)).toBe(72);
    await server.database.db
      .update(uploadSessions)
      .set({ touchedAt: new Date(Date.now() - 2 * DAY_MS) })
      .where(eq(uploadSessions.uuid, upload.uuid));
    await sweepSessions(patient.app.context);
    expect((await upload.send(upload.file.subarray(0, 500), 0)).status).toBe(200);
  } finally {
    await patient.stop();
  }
});
