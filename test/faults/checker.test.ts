import { randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { createDatabase } from '../support/template-database.ts';
import { checkIncoming, checkOrphans } from './check/check-files.ts';
import { checkRun, type Evidence } from './check/check-run.ts';
import { Book } from './run/book.ts';
import { type Lane, openLane, openSql } from './run/lane.ts';
import { beginRun, runSteps } from './run/run-schedule.ts';
import type { Schedule } from './run/schedule.ts';
import { settle } from './run/settle.ts';

// A check that cannot fail proves nothing: each of these states is broken by hand, and must be
// found.

const CALM: Schedule = {
  seed: 1,
  clients: 2,
  isHandsOff: false,
  steps: [
    upload({ family: 0, revision: 0 }, { project: 0, activate: true }),
    upload({ family: 0, revision: 1 }, { project: 0, activate: false }),
    upload({ family: 1, revision: 0 }, { project: 1, activate: false }),
    { kind: 'act', client: 0, action: { kind: 'edit', pick: 0, fields: { name: 'edited' } }, wait: 'answer' },
  ],
};

function upload(
  file: { readonly family: number; readonly revision: number },
  { project, activate }: { readonly project: number; readonly activate: boolean },
): Schedule['steps'][number] {
  const action = { kind: 'upload', project, files: [file], asNew: false, activate } as const;
  return { kind: 'act', client: 0, action, wait: 'end' };
}

interface Settled extends Evidence {
  readonly versions: readonly string[];
}

interface Original extends Omit<Settled, 'sql'> {
  readonly lane: Lane;
}

/**
 * Two clients and a server after a calm run; then everything is at rest, so that copies can be made
 * of it.
 */
async function settleOnce(): Promise<Original> {
  const lane = await openLane(inject('postgresUrl'));
  const run = await beginRun(lane, CALM);
  await runSteps(run);
  await settle(run);
  const libraries = run.clients.map((client) => client.libraryPath);
  for (const client of run.clients) {
    for (const [key, statuses] of client.wire.answers) run.book.answers.set(key, statuses);
    await client.stop();
  }
  const { rows } = await lane.sql.query<{ uuid: string }>('select uuid from avatars order by id');
  await lane.rest();
  const versions = rows.map(({ uuid }) => uuid);
  return { lane, dataDir: lane.dataDir, customerUuid: run.world.customer.uuid, libraries, book: run.book, versions };
}

/** A copy of it all, to be broken. */
async function copyOf({ lane, book, ...original }: Original): Promise<Settled> {
  const postgresUrl = inject('postgresUrl');
  const database = await createDatabase(postgresUrl, lane.databaseName);
  const folder = await tempFolder();
  await cp(lane.folder, folder, { recursive: true });
  const sql = openSql(database.url);
  onTestFinished(async () => {
    await sql.end();
    await database.drop();
  });
  const moved = (path: string) => join(folder, relative(lane.folder, path));
  const copied = new Book();
  for (const [id, acknowledged] of book.acknowledged) copied.acknowledged.set(id, acknowledged);
  for (const [id, operation] of book.operations) copied.operations.set(id, operation);
  for (const [key, statuses] of book.answers) copied.answers.set(key, statuses);
  const libraries = original.libraries.map((path) => path && moved(path));
  return { ...original, sql, dataDir: moved(original.dataDir), libraries, book: copied };
}

function inLibrary(evidence: Evidence, client: number, ...statements: readonly string[]): void {
  const library = new Database(evidence.libraries[client] ?? '');
  for (const statement of statements) library.exec(statement);
  library.close();
}

type Break = (state: Settled) => Promise<unknown>;

const insertOperation = (state: 'refused' | 'conflict' | 'waiting', theirs = 'null') =>
  `insert into operations (id, request_key, project_uuid, intent, by, state, theirs, created_at)
   values ('${randomUUID()}', '${randomUUID()}', (select uuid from projects limit 1), '{"kind":"activate","versionUuid":null}', 'x', '${state}', ${theirs}, '')`;

const BROKEN: readonly (readonly [what: string, said: RegExp, breakIt: Break])[] = [
  [
    'an acknowledged row is lost on the server',
    /was acknowledged and avatar .* is lost/,
    ({ sql, versions }) => sql.query('delete from avatars where uuid = $1', [versions[0]]),
  ],
  [
    'a stored file has other bytes',
    /has other bytes than its row says/,
    ({ dataDir, versions }) => writeFile(join(dataDir, 'uploads', 'avatars', `${versions[0]}.gab`), 'other'),
  ],
  [
    'a stored file is gone',
    /the file of avatar .* is not there/,
    ({ dataDir, versions }) => rm(join(dataDir, 'uploads', 'avatars', `${versions[0]}.gab`)),
  ],
  [
    'a picture is gone',
    /the picture of avatar .* is not there/,
    ({ dataDir, versions }) => rm(join(dataDir, 'uploads', 'thumbnails', `${versions[0]}.webp`)),
  ],
  [
    'an upload was stored twice',
    /belongs to no upload: it is there twice/,
    async ({ sql, dataDir, versions }) => {
      const uuid = randomUUID();
      await sql.query(
        `insert into avatars (uuid, project_id, lineage_id, version, filename, original_filename, file_size, sha256, container, verdict,
           activatable, issues, created_by_user_id)
         select $2::uuid, project_id, lineage_id, 9, $2::text || '.gab', original_filename, file_size, sha256, container, verdict,
           activatable, issues, created_by_user_id from avatars where uuid = $1`,
        [versions[0], uuid],
      );
      const folder = join(dataDir, 'uploads', 'avatars');
      await writeFile(join(folder, `${uuid}.gab`), await readFile(join(folder, `${versions[0]}.gab`)));
    },
  ],
  [
    'two versions have one number',
    /version 1 is there twice/,
    async ({ sql }) => {
      await sql.query('alter table avatars drop constraint avatars_version_per_lineage');
      await sql.query('update avatars set version = 1');
    },
  ],
  [
    'a number was given that the counter has not reached',
    /its counter is/,
    ({ sql, versions }) => sql.query('update avatars set version = 7 where uuid = $1', [versions[2]]),
  ],
  [
    'two avatars of a project are active',
    /has two active avatars/,
    async ({ sql }) => {
      await sql.query('drop index avatars_one_active_per_project');
      await sql.query('update avatars set is_active = true');
    },
  ],
  ['the feed has a gap', /the feed jumps to/, ({ sql }) => sql.query('delete from change_feed where seq = 3')],
  [
    'the audit trail names another file',
    /is not what was uploaded/,
    ({ sql, versions }) => sql.query('update avatars set sha256 = repeat($2, 64) where uuid = $1', [versions[0], 'a']),
  ],
  [
    'a client shows another name',
    /client 1: avatar .*: name is "other"/,
    async (state) => inLibrary(state, 1, `update versions set name = 'other'`),
  ],
  [
    'a client lacks a version',
    /client 0: avatar .* is missing/,
    async (state) => inLibrary(state, 0, `delete from versions where uuid = '${state.versions[0]}'`),
  ],
  [
    'a client has a version that nobody else has',
    /client 1: avatar .* is not on the server/,
    async (state) =>
      inLibrary(state, 1, `update versions set uuid = '${randomUUID()}' where uuid = '${state.versions[0]}'`),
  ],
  [
    'a client shows another one as active',
    /client 1: project .*: activeUuid is/,
    async (state) => inLibrary(state, 1, 'update projects set active = null'),
  ],
  [
    'a client is behind in the feed',
    /client 1: its cursor is 1/,
    async (state) => inLibrary(state, 1, 'update customers set feed_cursor = 1'),
  ],
  [
    'an upload is parked and nobody says why',
    /is parked without a reason/,
    async (state) => inLibrary(state, 0, `update transfers set state = 'refused', failure = null`),
  ],
  [
    'an upload never ends',
    /client 0: upload .* is still sending/,
    async (state) => inLibrary(state, 0, `update transfers set state = 'sending'`),
  ],
  [
    'a cancelled upload is on the server',
    /was called cancelled and is avatar/,
    async (state) => inLibrary(state, 0, `update transfers set state = 'cancelled'`),
  ],
  [
    'an upload that nobody made',
    /was stored by upload .*, which no client has/,
    async (state) => inLibrary(state, 0, 'delete from transfers'),
  ],
  [
    'an operation is parked and nobody says why',
    /client 0: operation .* is parked without a reason/,
    async (state) => inLibrary(state, 0, insertOperation('refused')),
  ],
  [
    'an operation is in conflict with nothing',
    /client 0: operation .* is in conflict with nothing/,
    async (state) => inLibrary(state, 0, insertOperation('conflict')),
  ],
  [
    'an operation is never sent',
    /client 0: operation .* is still waiting/,
    async (state) => inLibrary(state, 0, insertOperation('waiting')),
  ],
  [
    'an operation is lost',
    /a edit of client 0 .* is lost: it never reached the server/,
    async ({ book }) => book.operations.set('o1', { client: 0, kind: 'edit', keys: new Set(['k1']) }),
  ],
];

describe('the checks of a run', () => {
  let original: Original;

  beforeAll(async () => {
    original = await settleOnce();
  });

  afterAll(() => original.lane.close());

  test('find nothing in an intact run', async () => {
    expect(original.versions).toHaveLength(3);
    expect(original.book.operations.size).toBe(1);
    expect(await checkRun(await copyOf(original))).toEqual([]);
  });

  test.each(BROKEN)('%s', async (_, said, breakIt) => {
    const state = await copyOf(original);
    await breakIt(state);
    expect((await checkRun(state)).join('\n')).toMatch(said);
  });

  test('find files without an owner that no cleanup removed', async () => {
    const { sql, dataDir } = await copyOf(original);
    const names = ['uploads/avatars/a.part', 'uploads/thumbnails/b.webp', 'incoming/c.part'];
    await mkdir(join(dataDir, 'incoming'), { recursive: true });
    for (const name of names) await writeFile(join(dataDir, name), 'x');
    // No server runs on the copy: that its jobs do not end is found, too.
    const found = (await checkOrphans(sql, dataDir, 100)).join('\n');
    expect(found).toMatch(/nobody owns .*a\.part/);
    expect(found).toMatch(/nobody owns .*b\.webp/);
    expect(found).toMatch(/the sweeps did not end/);
    expect(await checkIncoming(dataDir)).toEqual(['nobody owns incoming/c.part']);
  });
});
