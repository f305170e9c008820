import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { avatars } from '../../../server/db/schema/avatars.ts';
import { purgeTrash } from '../../../server/features/housekeeping/purge-trash.ts';
import { avatarListSchema } from '../../../shared/api/avatars.ts';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addProject } from '../../support/world.ts';

// The plan's testing checklist, line by line.

let server: TestServer;
let bundle: Buffer;

beforeAll(async () => {
  server = await startTestServer({ withJobs: true });
  bundle = await readFixture('gab/portrait-2d.gab');
});
afterAll(() => server.stop());

const dana = () => server.client(server.people.dana.token);
const ada = () => server.client(server.people.ada.token);
const storedPath = (uuid: string) => join(server.dataDir, 'uploads', 'avatars', `${uuid}.gab`);

test('Upload GAB file successfully', async () => {
  const response = await dana().upload(server.projects.desk.uuid, { bytes: bundle, fileName: 'robin.gab' });
  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({
    project_id: server.projects.desk.id,
    original_filename: 'robin.gab',
    file_size: bundle.byteLength,
    is_active: true,
    version: 1,
    activation: 'activated',
  });
});

test('Verify file saved with UUID filename', async () => {
  const avatar = await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle });
  expect(avatar.filename).toBe(`${avatar.uuid}.gab`);
  expect(avatar.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect((await readFile(storedPath(avatar.uuid))).equals(bundle)).toBe(true);
});

test('Confirm database record created', async () => {
  const avatar = await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle, fileName: 'record.gab' });
  const [row] = await server.database.db.select().from(avatars).where(eq(avatars.uuid, avatar.uuid));
  expect(row).toMatchObject({
    id: avatar.id,
    projectId: server.projects.desk.id,
    filename: `${avatar.uuid}.gab`,
    originalFilename: 'record.gab',
    fileSize: bundle.byteLength,
    isActive: true,
    sha256: sha256Hex(bundle),
    createdByUserId: server.people.dana.id,
  });
});

test('Test file size validation', async () => {
  const tooLarge = await dana().upload(server.projects.desk.uuid, { bytes: Buffer.alloc(MAX_BUNDLE_BYTES + 1, 7) });
  expect(await problemOf(tooLarge)).toMatchObject({ status: 413, code: 'file_too_large' });
  const largest = await dana().upload(server.projects.desk.uuid, { bytes: Buffer.alloc(MAX_BUNDLE_BYTES, 7) });
  expect(largest.status).toBe(201);
});

test('Test file extension validation', async () => {
  for (const fileName of ['avatar.zip', 'avatar', 'avatar.gab.exe', 'gab']) {
    const response = await dana().upload(server.projects.desk.uuid, { bytes: bundle, fileName });
    expect(await problemOf(response), fileName).toMatchObject({ status: 422, code: 'file_extension' });
  }
});

test('Verify customer can only upload to own projects', async () => {
  const foreign = await dana().upload(server.projects.reception.uuid, { bytes: bundle });
  expect(await problemOf(foreign)).toMatchObject({ status: 404, code: 'not_found' });
  const listed = await ada().get(`/api/admin/projects/${server.projects.reception.uuid}/avatars`);
  expect(avatarListSchema.parse(await listed.json()).total).toBe(0);
});

test('Test download functionality', async () => {
  const avatar = await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle, fileName: 'robin.gab' });
  const response = await dana().get(`/api/customer/avatars/${avatar.uuid}/download`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-disposition')).toBe('attachment; filename=robin.gab');
  expect(Buffer.from(await response.arrayBuffer()).equals(bundle)).toBe(true);
});

test('Test delete functionality', async () => {
  const avatar = await dana().mustUpload(server.projects.kiosk.uuid, { bytes: bundle });
  const response = await dana().send('DELETE', `/api/customer/avatars/${avatar.uuid}`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ deleted_avatar_uuids: [avatar.uuid], was_active_uuid: avatar.uuid });
  const listed = await dana().get(`/api/customer/projects/${server.projects.kiosk.uuid}/avatars`);
  expect(await listed.json()).toEqual({ avatars: [], total: 0 });
});

test('Verify cascade delete when project deleted', async () => {
  const project = await addProject(server.database.db, server.customers.aurora.id, 'Short-lived');
  const first = await dana().mustUpload(project.uuid, { bytes: bundle });
  const second = await dana().mustUpload(project.uuid, { bytes: bundle });
  const response = await ada().send('DELETE', `/api/admin/projects/${project.uuid}`);
  expect(response.status).toBe(204);
  expect(await server.database.db.select().from(avatars).where(eq(avatars.projectId, project.id))).toEqual([]);
  await vi.waitFor(() => {
    expect(existsSync(storedPath(first.uuid))).toBe(false);
    expect(existsSync(storedPath(second.uuid))).toBe(false);
  }, 30_000);
});

test('Test concurrent uploads', async () => {
  const project = await addProject(server.database.db, server.customers.aurora.id, 'Busy');
  const results = await Promise.all(
    Array.from({ length: 8 }, () => dana().mustUpload(project.uuid, { bytes: bundle })),
  );
  expect(new Set(results.map(({ uuid }) => uuid)).size).toBe(8);
  const rows = await server.database.db.select().from(avatars).where(eq(avatars.projectId, project.id));
  expect(rows).toHaveLength(8);
  expect(rows.filter((row) => row.isActive)).toHaveLength(1);
});

test('Verify storage cleanup on deletion', async () => {
  const avatar = await dana().mustUpload(server.projects.kiosk.uuid, { bytes: bundle });
  const thumbnail = join(server.dataDir, 'uploads', 'thumbnails', `${avatar.uuid}.webp`);
  expect([existsSync(storedPath(avatar.uuid)), existsSync(thumbnail)]).toEqual([true, true]);
  await dana().send('DELETE', `/api/customer/avatars/${avatar.uuid}`);
  // A version in the trash can still be restored; its file is removed when the trash is purged.
  expect(existsSync(storedPath(avatar.uuid))).toBe(true);
  await purgeTrash(server.app.context, new Date(Date.now() + 31 * 86_400_000));
  await vi.waitFor(() => {
    expect([existsSync(storedPath(avatar.uuid)), existsSync(thumbnail)]).toEqual([false, false]);
  }, 30_000);
});
