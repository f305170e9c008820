import { readdir, readlink } from 'node:fs/promises';
import { parse as parseDisposition } from 'content-disposition';
import { and, eq } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { auditEvents } from '../../../server/db/schema/history.ts';
import { rateLimits } from '../../../server/db/schema/requests.ts';
import type { AvatarUploadResponse } from '../../../shared/api/avatars.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

const NAME = 'Zoë "白い".gab';

let server: TestServer;
let bundle: Buffer;
let avatar: AvatarUploadResponse;

beforeAll(async () => {
  server = await startTestServer();
  bundle = await readFixture('gab/portrait-2d.gab');
  avatar = await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle, fileName: NAME });
});
afterAll(() => server.stop());

const dana = () => server.client(server.people.dana.token);
const download = (headers: Record<string, string> = {}) =>
  dana().get(`/api/customer/avatars/${avatar.uuid}/download`, headers);
/** The bundles that this process has open. */
async function openBundles(): Promise<string[]> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
  return (await Promise.all(links)).filter((path) => path.endsWith('.gab'));
}

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('a download', () => {
  test('returns every byte under the original name, in a form that no browser displays', async () => {
    const response = await download();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(bundle.byteLength),
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      etag: `"${sha256Hex(bundle)}"`,
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    const disposition = response.headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(
      /^attachment; filename=.*; filename\*=UTF-8''Zo%C3%AB%20%22%E7%99%BD%E3%81%84%22\.gab$/,
    );
    expect(parseDisposition(disposition).parameters.filename).toBe(NAME);
    expect((await bytesOf(response)).equals(bundle)).toBe(true);
  });

  test('with If-None-Match is 304 without a body', async () => {
    const response = await download({ 'if-none-match': `W/"x", "${avatar.sha256}"` });
    expect(response.status).toBe(304);
    expect((await bytesOf(response)).byteLength).toBe(0);
    expect((await download({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  test.each([
    ['bytes=0-99', 0, 100],
    ['bytes=1000-', 1000, undefined],
    ['bytes=-10', -10, undefined],
  ])('with Range %s is 206', async (range, from, to) => {
    const response = await download({ range });
    const expected = bundle.subarray(from, to);
    expect(response.status).toBe(206);
    expect(response.headers.get('content-length')).toBe(String(expected.byteLength));
    const first = from < 0 ? bundle.byteLength + from : from;
    expect(response.headers.get('content-range')).toBe(
      `bytes ${first}-${first + expected.byteLength - 1}/${bundle.byteLength}`,
    );
    expect((await bytesOf(response)).equals(expected)).toBe(true);
  });

  test('with a range beyond the end is 416 with the size', async () => {
    const response = await download({ range: `bytes=${bundle.byteLength}-` });
    expect(response.headers.get('content-range')).toBe(`bytes */${bundle.byteLength}`);
    expect(await problemOf(response)).toMatchObject({ status: 416, code: 'range_not_satisfiable' });
  });

  test('starts from the beginning if If-Range names another file', async () => {
    expect((await download({ range: 'bytes=5-9', 'if-range': '"other"' })).status).toBe(200);
    expect((await download({ range: 'bytes=5-9', 'if-range': `"${avatar.sha256}"` })).status).toBe(206);
  });

  test('returns halves that make up the file', async () => {
    const middle = Math.floor(bundle.byteLength / 2);
    const halves = [await download({ range: `bytes=0-${middle - 1}` }), await download({ range: `bytes=${middle}-` })];
    expect(Buffer.concat(await Promise.all(halves.map(bytesOf))).equals(bundle)).toBe(true);
  });

  describe('in the audit trail', () => {
    const readsOf = async (uuid: VersionUuid) => {
      const { db } = server.database;
      const events = await db
        .select()
        .from(auditEvents)
        .where(eq(auditEvents.versionUuid, uuid))
        .orderBy(auditEvents.id);
      return events.filter(({ action }) => action !== 'avatar.uploaded' && action !== 'avatar.activated');
    };
    const newAvatar = () => dana().mustUpload(server.projects.desk.uuid, { bytes: bundle, fields: { name: 'Mara' } });
    const get = async (
      uuid: string,
      { range, query = '' }: { readonly range?: string; readonly query?: string } = {},
    ) => bytesOf(await dana().get(`/api/customer/avatars/${uuid}/download${query}`, range ? { range } : {}));

    test('ranges count once per session, file and hour, wherever they begin', async () => {
      const { uuid } = await newAvatar();
      for (const range of ['bytes=1-', 'bytes=0-9', 'bytes=-5']) await get(uuid, { range });
      const details = { avatar_name: 'Mara', version: 1, project_name: server.projects.desk.name };
      const event = { action: 'avatar.downloaded', actor: 'dana@aurora.example', details };
      expect(await readsOf(uuid)).toMatchObject([{ ...event, projectUuid: server.projects.desk.uuid }]);
      // The hour is over.
      await server.database.db.update(rateLimits).set({ windowEndsAt: new Date(0) });
      await get(uuid, { range: 'bytes=2-' });
      expect(await readsOf(uuid)).toHaveLength(2);
    });

    test('whole files count each time, and a range that continues one does not', async () => {
      const { uuid } = await newAvatar();
      await get(uuid);
      await get(uuid);
      await get(uuid, { range: 'bytes=100-' });
      expect((await readsOf(uuid)).map(({ action }) => action)).toEqual(['avatar.downloaded', 'avatar.downloaded']);
    });

    test('previews are not downloads, and count once', async () => {
      const { uuid } = await newAvatar();
      for (const range of ['bytes=0-', undefined, undefined]) {
        await get(uuid, { query: '?purpose=preview', ...(range && { range }) });
      }
      expect((await readsOf(uuid)).map(({ action }) => action)).toEqual(['avatar.previewed']);
      await get(uuid);
      expect((await readsOf(uuid)).map(({ action }) => action)).toEqual(['avatar.previewed', 'avatar.downloaded']);
    });
  });

  test('an edit is audited with the old and the new values, and the name at that time', async () => {
    const { uuid } = await dana().mustUpload(server.projects.desk.uuid, {
      bytes: bundle,
      fields: { name: 'Mara', tags: 'formal' },
    });
    const edit = (body: object) => dana().send('PATCH', `/api/customer/avatars/${uuid}`, { body });
    await edit({ name: 'Mira', tags: ['formal'], description: 'New.' });
    await edit({ name: 'Mona' });
    const rows = await server.database.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.versionUuid, uuid), eq(auditEvents.action, 'avatar.edited')))
      .orderBy(auditEvents.id);
    expect(rows.map(({ details }) => details)).toMatchObject([
      {
        avatar_name: 'Mira',
        version: 1,
        changes: { name: { from: 'Mara', to: 'Mira' }, description: { to: 'New.' } },
      },
      { avatar_name: 'Mona', changes: { name: { from: 'Mira', to: 'Mona' } } },
    ]);
    expect(rows[0]?.details.changes).not.toHaveProperty('tags');
  });

  test('that cannot be audited sends nothing, and leaves no open file behind', async () => {
    const spy = vi.spyOn(server.app.context.db, 'transaction').mockRejectedValue(new Error('the audit row fails'));
    onTestFinished(() => spy.mockRestore());
    const responses = await Promise.all(Array.from({ length: 20 }, () => download()));
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 500));
    // Elsewhere the system does not show what a process has open.
    if (process.platform === 'linux') await expect.poll(openBundles).toEqual([]);
  });

  test('a client that goes away in the middle leaves no open file behind', async () => {
    const large = await dana().mustUpload(server.projects.desk.uuid, { bytes: Buffer.alloc(20_000_000, 1) });
    const controller = new AbortController();
    const response = await fetch(`${server.url}/api/customer/avatars/${large.uuid}/download`, {
      headers: { authorization: `Bearer ${server.people.dana.token}` },
      signal: controller.signal,
    });
    await response.body?.getReader().read();
    controller.abort();
    expect((await download()).status).toBe(200);
  });
});

describe('a thumbnail', () => {
  const thumbnail = (path: string, headers: Record<string, string> = {}) => dana().get(path, headers);

  test('is WebP, and its URL with the hash may be cached forever, but only by the browser', async () => {
    const path = avatar.thumbnail_url ?? '';
    expect(path).toMatch(new RegExp(`^/api/customer/avatars/${avatar.uuid}/thumbnail\\?v=[0-9a-f]{16}$`));
    const response = await thumbnail(path);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    const bytes = await bytesOf(response);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp' });
    expect(response.headers.get('etag')).toBe(`"${sha256Hex(bytes)}"`);
  });

  test('must be revalidated if its URL has no hash or an old one', async () => {
    for (const query of ['', '?v=', '?v=0123456789abcdef']) {
      const response = await thumbnail(`/api/customer/avatars/${avatar.uuid}/thumbnail${query}`);
      expect(response.headers.get('cache-control')).toBe('private, no-cache');
      const etag = response.headers.get('etag') ?? '';
      expect(
        (await thumbnail(`/api/customer/avatars/${avatar.uuid}/thumbnail`, { 'if-none-match': etag })).status,
      ).toBe(304);
    }
  });

  test('does not exist for a file without a picture', async () => {
    const opaque = await dana().mustUpload(server.projects.desk.uuid, { bytes: Buffer.from('something else') });
    expect(opaque).toMatchObject({ container: 'opaque', thumbnail_url: null });
    const response = await thumbnail(`/api/customer/avatars/${opaque.uuid}/thumbnail`);
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'not_found' });
  });
});
