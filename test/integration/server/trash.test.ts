import { existsSync } from 'node:fs';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { avatars, lineages } from '../../../server/db/schema/avatars.ts';
import { ORPHAN_AGE_MS } from '../../../server/features/housekeeping/orphan-rules.ts';
import { purgeTrash } from '../../../server/features/housekeeping/purge-trash.ts';
import { sweepTempFiles, TEMP_FILE_AGE_MS } from '../../../server/features/housekeeping/sweep-files.ts';
import { sweepOrphans } from '../../../server/features/housekeeping/sweep-orphans.ts';
import type { AvatarUploadResponse } from '../../../shared/api/avatars.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addProject, type TestProject } from '../../support/world.ts';

let server: TestServer;
let bundle: Buffer;
let project: TestProject;
let versions: AvatarUploadResponse[];
let count = 0;

beforeAll(async () => {
  server = await startTestServer({ withJobs: true, trashDays: 30 });
  bundle = await readFixture('gab/minimal.gab');
});
afterAll(() => server.stop());

beforeEach(async () => {
  // Versions that earlier tests left in the trash must not count.
  await purgeTrash(server.app.context, afterDays(1000));
  count += 1;
  project = await addProject(server.database.db, server.customers.aurora.id, `Project ${count}`);
  const first = await dana().mustUpload(project.uuid, { bytes: bundle });
  versions = [first, await nextVersion(first), await nextVersion(first)];
});

const dana = () => server.client(server.people.dana.token);
const nextVersion = ({ lineage_uuid: avatarUuid }: AvatarUploadResponse) =>
  dana().mustUpload(project.uuid, { bytes: bundle, fields: { lineage_uuid: avatarUuid } });
const remove = async (uuid: string, scope = 'version') =>
  (await dana().send('DELETE', `/api/customer/avatars/${uuid}?scope=${scope}`)).json();
const list = async (query = '') =>
  (await dana().get(`/api/customer/projects/${project.uuid}/avatars?sort=oldest${query}`)).json();
const uuidsOf = (page: { avatars: AvatarUploadResponse[] }) => page.avatars.map(({ uuid }) => uuid);
const version = (at: number): AvatarUploadResponse => {
  const found = versions[at];
  if (!found) throw new Error(`no version ${at}`);
  return found;
};
const stored = (uuid: string) => existsSync(join(server.dataDir, 'uploads', 'avatars', `${uuid}.gab`));
const afterDays = (days: number) => new Date(Date.now() + days * DAY_MS);

describe('the trash', () => {
  test('receives one version, which is deactivated', async () => {
    expect(await remove(version(2).uuid)).toEqual({
      deleted_avatar_uuids: [version(2).uuid],
      was_active_uuid: version(2).uuid,
    });
    expect(uuidsOf(await list())).toEqual([version(0).uuid, version(1).uuid]);
    expect(await list('&trashed=true')).toMatchObject({
      avatars: [{ uuid: version(2).uuid, is_active: false, deleted_at: expect.any(String) }],
      total: 1,
    });
    const state = await (await dana().get(`/api/customer/projects/${project.uuid}`)).json();
    expect(state).toMatchObject({ active_avatar: null, active_set_by: 'Dana', avatar_count: 1 });
  });

  test('receives all versions of an avatar, and the response lists only those that were moved', async () => {
    await remove(version(0).uuid);
    const taken = await remove(version(1).uuid, 'avatar');
    expect(taken.deleted_avatar_uuids.sort()).toEqual([version(1).uuid, version(2).uuid].sort());
    const state = await (await dana().get(`/api/customer/projects/${project.uuid}`)).json();
    expect(state.avatar_count).toBe(0);
  });

  test('does not change if a version is trashed twice', async () => {
    await remove(version(0).uuid);
    expect(await remove(version(0).uuid)).toEqual({ deleted_avatar_uuids: [], was_active_uuid: null });
  });

  test('returns a version unchanged but inactive', async () => {
    await remove(version(2).uuid);
    const restored = await dana().send('POST', `/api/customer/avatars/${version(2).uuid}/restore`);
    expect(await restored.json()).toMatchObject({
      uuid: version(2).uuid,
      version: 3,
      is_active: false,
      deleted_at: null,
    });
    expect(uuidsOf(await list())).toHaveLength(3);
    const again = await dana().send('POST', `/api/customer/avatars/${version(2).uuid}/restore`);
    expect(again.status).toBe(200);
  });

  test('serves bytes, picture and summary only to those who may restore, and only on request', async () => {
    const path = `/api/customer/avatars/${version(0).uuid}`;
    const thumbnail = version(0).thumbnail_url ?? '';
    await remove(version(0).uuid);
    const statusesFor = async (token: string, query: string) => {
      const files = [`${path}/download`, `${path}/thumbnail`, `${path}/summary`, thumbnail];
      const urls = files.map((file) => (query === '' ? file : `${file}${file.includes('?') ? '&' : '?'}${query}`));
      return Promise.all(urls.map(async (url) => (await server.client(token).get(url)).status));
    };
    const { dana: designer, viktor: viewer, ada: admin, bo: foreigner } = server.people;
    for (const { token } of [designer, viewer, admin, foreigner]) {
      expect(await statusesFor(token, '')).toEqual([404, 404, 404, 404]);
      expect(await statusesFor(token, 'trashed=false')).toEqual([404, 404, 404, 404]);
    }
    for (const { token } of [designer, admin])
      expect(await statusesFor(token, 'trashed=true')).toEqual([200, 200, 200, 200]);
    for (const { token } of [viewer, foreigner])
      expect(await statusesFor(token, 'trashed=true')).toEqual([404, 404, 404, 404]);
    const trashed = await (await dana().get(path)).json();
    expect(trashed.thumbnail_url).toBe(`${thumbnail}&trashed=true`);
    expect((await dana().get(trashed.thumbnail_url)).status).toBe(200);
  });

  test('has versions that can be read, but not edited', async () => {
    await remove(version(0).uuid);
    expect((await dana().get(`/api/customer/avatars/${version(0).uuid}`)).status).toBe(200);
    const edit = await dana().send('PATCH', `/api/customer/avatars/${version(0).uuid}`, { body: { name: 'x' } });
    expect(await problemOf(edit)).toMatchObject({ status: 409, code: 'trashed' });
  });
});

describe('the purge', () => {
  test('removes rows and files after the number of days in the settings, not before', async () => {
    await remove(version(0).uuid);
    expect(await purgeTrash(server.app.context, afterDays(29))).toBe(0);
    expect(stored(version(0).uuid)).toBe(true);
    expect(await purgeTrash(server.app.context, afterDays(31))).toBe(1);
    await vi.waitFor(() => expect(stored(version(0).uuid)).toBe(false), 30_000);
    expect((await dana().get(`/api/customer/avatars/${version(0).uuid}`)).status).toBe(404);
    expect(stored(version(1).uuid)).toBe(true);
  });

  test('never lets a version number be used again', async () => {
    await remove(version(2).uuid);
    await purgeTrash(server.app.context, afterDays(31));
    expect(await nextVersion(version(0))).toMatchObject({ version: 4 });
  });

  test('removes an avatar with its last version, so uploads to it fail with `lineage_not_found`', async () => {
    await remove(version(0).uuid, 'avatar');
    await purgeTrash(server.app.context, afterDays(31));
    expect(await server.database.db.select().from(lineages).where(eq(lineages.projectId, project.id))).toEqual([]);
    const fields = { lineage_uuid: version(0).lineage_uuid };
    expect((await dana().upload(project.uuid, { bytes: bundle, fields })).status).toBe(404);
  });

  test('is audited without an actor', async () => {
    await remove(version(0).uuid);
    await purgeTrash(server.app.context, afterDays(31));
    const ada = server.client(server.people.ada.token);
    const { events } = await (await ada.get(`/api/admin/audit-events?avatar_uuid=${version(0).uuid}`)).json();
    expect(events[0]).toMatchObject({ action: 'avatar.purged', actor: null, details: { version: 1 } });
    expect(events.map(({ action }: { action: string }) => action)).toEqual([
      'avatar.purged',
      'avatar.trashed',
      'avatar.deactivated',
      'avatar.activated',
      'avatar.uploaded',
    ]);
  });
});

describe('a sweep', () => {
  const names = async (folder: string) => (await readdir(join(server.dataDir, folder))).sort();

  test('sets a stored file without a row aside after a day, and no others', async () => {
    const orphan = '00000000-0000-4000-8000-00000000dead';
    await writeFile(join(server.dataDir, 'uploads', 'avatars', `${orphan}.gab`), 'x');
    await writeFile(join(server.dataDir, 'uploads', 'avatars', 'readme.txt'), 'somebody’s own file');
    const before = await names('uploads/avatars');
    expect((await sweepOrphans(server.app.context)).setAside).toEqual([]);
    const now = new Date(Date.now() + ORPHAN_AGE_MS + 1000);
    expect((await sweepOrphans(server.app.context, { now })).setAside).toEqual([`avatars/${orphan}.gab`]);
    expect(await names('uploads/avatars')).toEqual(before.filter((name) => name !== `${orphan}.gab`));
    const rows = await server.database.db.select().from(avatars).where(eq(avatars.projectId, project.id));
    for (const { uuid } of rows) expect(stored(uuid)).toBe(true);
  });

  test('sets a picture aside that a crash left half written', async () => {
    // While it is being written, the file has the temporary name that a crash would leave behind.
    const written = server.app.context.blobs.putBytes('thumbnails/half.webp', new Uint8Array(8 * 1024 * 1024));
    const isPartial = (name: string) => name.endsWith('.part');
    const partial = await vi.waitUntil(async () => (await names('uploads/thumbnails')).find(isPartial), {
      interval: 1,
    });
    await written;
    await writeFile(join(server.dataDir, 'uploads', 'thumbnails', partial), 'half');
    const swept = await sweepOrphans(server.app.context, { now: new Date(Date.now() + ORPHAN_AGE_MS + 1000) });
    expect(swept.setAside).toContain(`thumbnails/${partial}`);
    expect((await names('uploads/thumbnails')).filter(isPartial)).toEqual([]);
  });

  test('removes a temporary file of a crash once no upload can still be writing it', async () => {
    const incoming = join(server.dataDir, 'incoming');
    await mkdir(incoming, { recursive: true });
    await writeFile(join(incoming, 'old.part'), 'x');
    await writeFile(join(incoming, 'young.part'), 'x');
    const old = new Date(Date.now() - TEMP_FILE_AGE_MS - 1000);
    await utimes(join(incoming, 'old.part'), old, old);
    expect(await sweepTempFiles(server.app.context)).toBe(1);
    expect(await names('incoming')).toEqual(['young.part']);
  });
});
