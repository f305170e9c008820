import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { avatars } from '../../../server/db/schema/avatars.ts';
import { customers } from '../../../server/db/schema/customers.ts';
import { auditEvents } from '../../../server/db/schema/history.ts';
import {
  queueRecheck,
  RECHECK_BATCH,
  RECHECK_KEY,
  recheckVersions,
} from '../../../server/features/recheck/recheck-versions.ts';
import { type AvatarUploadResponse, avatarListSchema } from '../../../shared/api/avatars.ts';
import { changesResponseSchema } from '../../../shared/api/changes.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { CHECK_RULES_VERSION } from '../../../shared/gab/check-rules.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { withEntry } from '../../support/bundle-cases/broken-bundles.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { until } from '../../support/until.ts';
import { addProject, type TestProject } from '../../support/world.ts';

let server: TestServer;
let project: TestProject;
let count = 0;

beforeAll(async () => {
  server = await startTestServer({ gabPolicy: 'strict' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  count += 1;
  project = await addProject(server.database.db, server.customers.aurora.id, `Project ${count}`);
});

const dana = () => server.client(server.people.dana.token);
const upload = (name: string, activate = false) =>
  dana().mustUpload(project.uuid, { bytes: buildBundle({ name }), fields: { activate: String(activate) } });
const fileOf = (uuid: string) => join(server.dataDir, 'uploads', 'avatars', `${uuid}.gab`);
const set = (uuid: VersionUuid, values: Partial<typeof avatars.$inferInsert>) =>
  server.database.db.update(avatars).set(values).where(eq(avatars.uuid, uuid));

/** Stores the version as if older rules had checked it and found nothing. */
async function storeUnderOlderRules({ uuid }: AvatarUploadResponse, bytes?: Uint8Array): Promise<void> {
  if (bytes) {
    // Removed first: equal bundles are one file with several names.
    await rm(fileOf(uuid));
    await writeFile(fileOf(uuid), bytes);
  }
  const stored = await readFile(fileOf(uuid));
  await set(uuid, { checkRules: 0, sha256: sha256Hex(stored), fileSize: stored.byteLength });
}

/** A bundle that no rules ever accepted: its portrait is damaged. */
const damaged = () => withEntry(3, { both: { crc32: 1 } });

async function recheckAll(): Promise<void> {
  for (let afterId = 0; ; ) {
    await recheckVersions(server.app.context, { afterId });
    const next = await takeQueued();
    if (next === null) return;
    afterId = next;
  }
}

/** The job that was queued, which this test does instead of a worker. */
async function takeQueued(): Promise<number | null> {
  const { rows } = await server.database.db.execute<{ payload: { afterId: number } }>(
    sql`select payload from graphile_worker._private_jobs as jobs where key = ${RECHECK_KEY}`,
  );
  await server.database.db.execute(sql`select graphile_worker.remove_job(${RECHECK_KEY})`);
  return rows[0]?.payload.afterId ?? null;
}

const rowOf = async (uuid: VersionUuid) => {
  const [row] = await server.database.db.select().from(avatars).where(eq(avatars.uuid, uuid));
  if (!row) throw new Error('no such version');
  return row;
};
const auditOf = (uuids: readonly VersionUuid[]) =>
  server.database.db
    .select()
    .from(auditEvents)
    .where(and(inArray(auditEvents.versionUuid, [...uuids]), eq(auditEvents.action, 'avatar.rechecked')));
const feedSeq = async () => {
  const [customer] = await server.database.db
    .select({ seq: customers.feedSeq })
    .from(customers)
    .where(eq(customers.id, server.customers.aurora.id));
  return customer?.seq ?? -1;
};
const changesSince = async (since: number) =>
  changesResponseSchema.parse(await (await dana().get(`/api/customer/changes?since=${since}`)).json()).changes;
const listed = async () =>
  avatarListSchema.parse(await (await dana().get(`/api/customer/projects/${project.uuid}/avatars`)).json()).avatars;

describe('a version that was checked with older rules', () => {
  test('gets the verdict of the current rules, and one that is active stays active', async () => {
    const live = await upload('Mara', true);
    await storeUnderOlderRules(live, damaged());
    const seq = await feedSeq();
    await recheckAll();
    const [version] = await listed();
    expect(version).toMatchObject({
      is_active: true,
      verdict: 'invalid',
      activatable: false,
      recheck: { at: expect.any(String), upload_verdict: 'valid', upload_activatable: true },
    });
    expect(version?.issues.map(({ code }) => code)).toEqual(['GAB_E_CRC']);
    expect(await rowOf(live.uuid)).toMatchObject({ checkRules: CHECK_RULES_VERSION, isActive: true });
    expect(await changesSince(seq)).toEqual([
      { entity: 'avatar', uuid: live.uuid, seq: seq + 1, avatar: expect.objectContaining({ ...version }) },
    ]);
    const [event, ...others] = await auditOf([live.uuid]);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      actor: null,
      projectUuid: project.uuid,
      details: {
        avatar_name: 'Mara',
        rules: CHECK_RULES_VERSION,
        verdict: { from: 'valid', to: 'invalid' },
        activatable: { from: true, to: false },
        findings: ['GAB_E_CRC'],
      },
    });
  });

  test('keeps what the check said at the upload when the rules change once more', async () => {
    const version = await upload('Mara');
    await storeUnderOlderRules(version, damaged());
    await recheckAll();
    await storeUnderOlderRules(version, buildBundle({ name: 'Mara', description: 'repaired' }));
    await recheckAll();
    expect(await rowOf(version.uuid)).toMatchObject({
      verdict: 'valid',
      activatable: true,
      issues: [],
      uploadVerdict: 'valid',
      uploadActivatable: true,
    });
    expect(await auditOf([version.uuid])).toHaveLength(2);
  });

  test('changes nothing but its rules if verdict and findings are the same', async () => {
    const version = await upload('Mara', true);
    await storeUnderOlderRules(version);
    const [seq, before] = [await feedSeq(), await rowOf(version.uuid)];
    await recheckAll();
    expect(await rowOf(version.uuid)).toEqual({ ...before, checkRules: CHECK_RULES_VERSION });
    expect(await feedSeq()).toBe(seq);
    expect(await auditOf([version.uuid])).toEqual([]);
  });

  test('that is not a bundle is not refused by a stricter setting', async () => {
    const version = await upload('Mara');
    const opaque = { container: 'opaque', verdict: 'opaque', activatable: false } as const;
    await set(version.uuid, { ...opaque, issues: [{ code: 'GAB_W_OPAQUE', severity: 'warning' }] });
    await storeUnderOlderRules(version, Buffer.from('not a bundle at all'));
    await recheckAll();
    expect(await rowOf(version.uuid)).toMatchObject({ ...opaque, recheckedAt: null });
  });

  test('stays as it is if its file is missing or damaged, and the others are checked anyway', async () => {
    const [missing, changed, last] = [await upload('Mara'), await upload('Otto'), await upload('Fay')];
    for (const version of [missing, changed]) await storeUnderOlderRules(version);
    await rm(fileOf(missing.uuid));
    await rm(fileOf(changed.uuid));
    await writeFile(fileOf(changed.uuid), damaged());
    await storeUnderOlderRules(last, damaged());
    await recheckAll();
    for (const { uuid } of [missing, changed])
      expect(await rowOf(uuid)).toMatchObject({ checkRules: 0, verdict: 'valid', recheckedAt: null });
    expect(await rowOf(last.uuid)).toMatchObject({ checkRules: CHECK_RULES_VERSION, verdict: 'invalid' });
    await server.database.db.delete(avatars).where(inArray(avatars.uuid, [missing.uuid, changed.uuid]));
  });
});

test('a stored version cannot be invalid, and an active one not unfit, unless newer rules say so', async () => {
  const version = await upload('Mara', true);
  const violates = (name: string) => ({ cause: expect.objectContaining({ constraint: name }) });
  await expect(set(version.uuid, { verdict: 'invalid' })).rejects.toMatchObject(
    violates('avatars_invalid_by_newer_rules'),
  );
  await expect(set(version.uuid, { activatable: false })).rejects.toMatchObject(
    violates('avatars_active_was_activatable'),
  );
});

test('a process that died during the job does not keep the next start from checking', async () => {
  const { db } = server.database;
  await queueRecheck(db);
  await queueRecheck(db);
  await db.execute(sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a dead worker'`);
  await queueRecheck(db);
  const { rows } = await db.execute(sql`select locked_by from graphile_worker._private_jobs order by id`);
  expect(rows).toEqual([{ locked_by: 'a dead worker' }, { locked_by: null }]);
  await db.execute(sql`delete from graphile_worker._private_jobs`);
});

test('a process with older rules leaves the job to a newer one, which finds it after a minute', async () => {
  const version = await upload('Mara');
  await storeUnderOlderRules(version, damaged());
  const job = { afterId: (await rowOf(version.uuid)).id - 1, rules: CHECK_RULES_VERSION + 1 };
  await recheckVersions(server.app.context, job);
  // What a process with older rules queues as it starts does not replace it.
  await queueRecheck(server.database.db);
  expect(await rowOf(version.uuid)).toMatchObject({ checkRules: 0, verdict: 'valid' });
  const { rows } = await server.database.db.execute(sql`
    select payload, extract(epoch from run_at - now()) between 30 and 60 as is_later
    from graphile_worker._private_jobs order by id`);
  expect(rows).toEqual([
    { payload: job, is_later: true },
    { payload: { afterId: 0, rules: CHECK_RULES_VERSION }, is_later: false },
  ]);
  await server.database.db.execute(sql`delete from graphile_worker._private_jobs`);
  await recheckVersions(server.app.context, { ...job, rules: CHECK_RULES_VERSION });
  expect(await rowOf(version.uuid)).toMatchObject({ checkRules: CHECK_RULES_VERSION, verdict: 'invalid' });
  expect((await takeQueued()) ?? 0).toBeGreaterThan(job.afterId);
});

test('two processes check many versions again, each once, and jobs continue where the last one ended', async () => {
  const first = await upload('Mara');
  const copies = Array.from({ length: RECHECK_BATCH + 5 }, (_, index) => index);
  // More versions than one job checks, without a file, before one that can be checked.
  const { rows: lost } = await server.database.db.execute<{ uuid: VersionUuid }>(sql`
    with made as (select gen_random_uuid() as uuid, n from generate_series(1, ${copies.length}) n)
    insert into avatars (uuid, project_id, lineage_id, version, filename, original_filename, file_size, sha256,
      container, verdict, activatable, issues)
    select made.uuid, a.project_id, a.lineage_id, 100 + n, made.uuid || '.gab', 'lost.gab', 1, a.sha256,
      'gab', 'valid', true, '[]' from made, avatars a where a.uuid = ${first.uuid} returning uuid`);
  const versions = [await upload('Otto'), await upload('Fay'), await upload('Robin')];
  for (const version of versions) await storeUnderOlderRules(version, damaged());
  const uuids = versions.map(({ uuid }) => uuid);
  const seq = await feedSeq();
  const other = await startTestServer({ shareWith: server, gabPolicy: 'strict' });
  try {
    await Promise.all([server.startJobs(), other.startJobs()]);
    await until(async () => (await rowOf(versions[2]?.uuid ?? first.uuid)).checkRules === CHECK_RULES_VERSION);
    const audited = await auditOf(uuids);
    expect(audited).toHaveLength(uuids.length);
    expect(new Set(audited.map(({ versionUuid }) => versionUuid))).toEqual(new Set(uuids));
    const changes = await changesSince(seq);
    expect(changes.map(({ uuid }) => uuid)).toEqual(uuids);
    expect(await feedSeq()).toBe(seq + versions.length);
  } finally {
    await other.stop();
    await server.database.db.delete(avatars).where(
      inArray(
        avatars.uuid,
        lost.map(({ uuid }) => uuid),
      ),
    );
  }
});
