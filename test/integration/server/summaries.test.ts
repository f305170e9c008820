import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { avatars } from '../../../server/db/schema/avatars.ts';
import { avatarSummaries } from '../../../server/db/schema/summaries.ts';
import { type AvatarUploadResponse, avatarSummaryResponseSchema } from '../../../shared/api/avatars.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { bytesSource } from '../../../shared/gab/byte-source.ts';
import { SUMMARY_VERSION } from '../../../shared/gab/compare/bundle-summary.ts';
import { summarizeBundle } from '../../../shared/gab/compare/summarize-bundle.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { testCodec } from '../../support/inspect-bytes.ts';
import { makeGlb } from '../../support/sample-assets.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let bundle: Buffer;
let avatar: AvatarUploadResponse;

beforeAll(async () => {
  server = await startTestServer();
  bundle = await readFixture('gab/robot-expressive.gab');
  avatar = await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle });
});
afterAll(() => server.stop());

const dana = () => server.client(server.people.dana.token);
const pathOf = ({ uuid }: { readonly uuid: string }) => `/api/customer/avatars/${uuid}/summary`;
const summaryOf = async (stored: { readonly uuid: string }) =>
  avatarSummaryResponseSchema.parse(await (await dana().get(pathOf(stored))).json()).summary;

async function expected(bytes: Uint8Array) {
  const options = { fileName: 'avatar.gab', policy: 'lenient', codec: testCodec } as const;
  return (await summarizeBundle(bytesSource(bytes), options)).summary;
}

async function rowOf({ uuid }: { readonly uuid: VersionUuid }) {
  const [row] = await server.database.db
    .select({ id: avatars.id, version: avatarSummaries.summaryVersion, summary: avatarSummaries.summary })
    .from(avatars)
    .leftJoin(avatarSummaries, eq(avatarSummaries.avatarId, avatars.id))
    .where(eq(avatars.uuid, uuid));
  if (!row) throw new Error('no such version');
  return row;
}

describe('the summary of a version', () => {
  test('is stored with the upload and returned as the reader produces it', async () => {
    expect((await rowOf(avatar)).version).toBe(SUMMARY_VERSION);
    const response = await dana().get(pathOf(avatar));
    expect(response.status).toBe(200);
    const { summary } = avatarSummaryResponseSchema.parse(await response.json());
    expect(summary).toEqual(JSON.parse(JSON.stringify(await expected(bundle))));
    expect(summary?.assets.find(({ id }) => id === 'robot' || id === 'body')?.model?.triangles).toBeGreaterThan(1000);
  });

  test('has an ETag of its file, and a client that has it gets 304', async () => {
    const response = await dana().get(pathOf(avatar));
    const etag = response.headers.get('etag') ?? '';
    expect(etag).toBe(`"${avatar.sha256}-${SUMMARY_VERSION}"`);
    const again = await dana().get(pathOf(avatar), { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await dana().get(pathOf(avatar), { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('of a version stored by an older server is made from its file, once', async () => {
    const { id } = await rowOf(avatar);
    await server.database.db.delete(avatarSummaries).where(eq(avatarSummaries.avatarId, id));
    const answers = await Promise.all([summaryOf(avatar), summaryOf(avatar), summaryOf(avatar)]);
    const wanted = JSON.parse(JSON.stringify(await expected(bundle)));
    expect(answers).toEqual([wanted, wanted, wanted]);
    expect((await rowOf(avatar)).version).toBe(SUMMARY_VERSION);
  });

  test('made by another program is made again', async () => {
    const { id } = await rowOf(avatar);
    await server.database.db
      .update(avatarSummaries)
      .set({ summaryVersion: 0, summary: '{}' })
      .where(eq(avatarSummaries.avatarId, id));
    expect((await summaryOf(avatar))?.sizeBytes).toBe(bundle.byteLength);
  });

  test('is null for a file that is not a bundle', async () => {
    const opaque = await dana().mustUpload(server.projects.desk.uuid, { bytes: Buffer.from('just some bytes') });
    expect(opaque.container).toBe('opaque');
    expect(await summaryOf(opaque)).toBeNull();
  });

  test('may contain names that a jsonb column rejects', async () => {
    const glb = makeGlb({ morphs: ['nul\u0000', '\ud83d'] });
    const model = { id: 'body', kind: 'model', format: 'glb', path: 'model/body.glb', content: glb };
    const bytes = buildBundle({ assets: [model], manifest: { body: { type: 'model3d', main: 'body' } } });
    const stored = await dana().mustUpload(server.projects.desk.uuid, { bytes });
    expect((await rowOf(stored)).summary).toContain('nul\\u0000');
    expect((await summaryOf(stored))?.assets.at(-1)?.model?.morphs).toHaveLength(2);
  });

  test('is visible to users who may read the version, and to administrators', async () => {
    for (const person of [server.people.viktor, server.people.ada]) {
      expect((await server.client(person.token).get(pathOf(avatar))).status).toBe(200);
    }
    const bo = await server.client(server.people.bo.token).get(pathOf(avatar));
    expect(await problemOf(bo)).toMatchObject({ status: 404, code: 'not_found' });
    expect((await server.client().get(pathOf(avatar))).status).toBe(401);
  });
});
