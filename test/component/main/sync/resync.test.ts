import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type LocalDatabase, openLocalDatabase } from '../../../../main/db/local-database.ts';
import { pull } from '../../../../main/sync/pull.ts';
import { createApiClient } from '../../../../node/api-client/api-client.ts';
import type { Change } from '../../../../shared/api/changes.ts';
import { avatarResponse, projectResponse } from '../../../support/library-rows.ts';
import { migrationsDir } from '../../../support/local-database.ts';
import { scriptedHttp, sendJson } from '../../../support/scripted-http.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { designerOf } from '../../../support/sync-scope.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';
import { newVersionUuid } from '../../../support/uuids.ts';

const CUSTOMER = randomUUID();
const PROJECT = randomUUID();
const CHILD = fileURLToPath(new URL('../../../support/pull-child.ts', import.meta.url));
const EXPIRED = { type: 'about:blank', title: 'T', status: 410, detail: 'D', code: 'cursor_expired' };

interface Answer {
  readonly status: number;
  readonly body: unknown;
}
/** Null: the answer never comes. */
type Serve = (since: number) => Answer | null;

const page = (changes: readonly Change[], cursor: number, has_more = false): Answer => ({
  status: 200,
  body: { changes, cursor, has_more, floor: 0 },
});

const project = (seq: number): Change => ({
  entity: 'project',
  uuid: PROJECT,
  seq,
  project: projectResponse({ uuid: PROJECT, customer_uuid: CUSTOMER }),
});

function avatar(seq: number, name: string, uuid = newVersionUuid()): Change {
  return { entity: 'avatar', uuid, seq, avatar: avatarResponse({ uuid, name, project_uuid: PROJECT }) };
}

/** A feed on a real HTTP server whose answers can be changed between pulls. */
async function feedServer(first: Serve) {
  const feed = { serve: first, asked: [] as number[] };
  const url = await scriptedHttp((request, response) => {
    const since = Number(new URL(request.url ?? '', 'http://x').searchParams.get('since'));
    feed.asked.push(since);
    const answer = feed.serve(since);
    if (answer !== null) sendJson(response, answer.status, answer.body);
  });
  return { feed, url };
}

function open(path: string): LocalDatabase {
  const database = openLocalDatabase({ path, migrationsDir, onQuarantine: () => undefined });
  onTestFinished(() => database.close());
  return database;
}

interface Pulled {
  readonly database: LocalDatabase;
  readonly ownChanges?: () => number;
}

async function pullFrom(url: string, { database, ownChanges = () => 0 }: Pulled) {
  const commits: string[][] = [];
  const outcome = await pull({
    api: createApiClient({ serverUrl: url, token: 't', log: silentLog, onUnauthenticated: () => undefined }),
    database,
    customers: null,
    scope: designerOf(CUSTOMER),
    signal: new AbortController().signal,
    ownChanges,
    onCommit: (uuids) => commits.push([...uuids]),
    onLongPull: () => undefined,
  });
  return { outcome, commits };
}

const namesIn = (database: LocalDatabase) =>
  database.read.versions
    .notTrashed(PROJECT)
    .map(({ name }) => name)
    .sort();

/** A library that has `Old` and `Both`, at number 50. */
async function oldLibrary(both = newVersionUuid()) {
  const path = join(await tempFolder(), 'library.db');
  const { feed, url } = await feedServer(() => page([project(1), avatar(2, 'Old'), avatar(3, 'Both', both)], 50));
  const database = open(path);
  await pullFrom(url, { database });
  expect(namesIn(database)).toEqual(['Both', 'Old']);
  return { path, database, feed, url, both };
}

describe('a feed that must be read from scratch', () => {
  it.each([
    ['because the cursor expired', (since: number) => (since === 50 ? { status: 410, body: EXPIRED } : null)],
    ['because the server was restored', (since: number) => (since === 50 ? page([], 7) : null)],
  ])('replaces the old library at once, %s', async (_why, first) => {
    const { database, feed, url, both } = await oldLibrary();
    const seen: string[][] = [];
    feed.serve = (since) => {
      seen.push(namesIn(database));
      if (since === 0) return page([project(1), avatar(2, 'Both', both)], 2, true);
      return first(since) ?? page([avatar(3, 'New')], 3);
    };
    const { outcome, commits } = await pullFrom(url, { database });
    expect(outcome.ok).toBe(true);
    expect(seen).toEqual([
      ['Both', 'Old'],
      ['Both', 'Old'],
      ['Both', 'Old'],
    ]);
    expect(namesIn(database)).toEqual(['Both', 'New']);
    expect(database.read.customers.cursorOf(CUSTOMER)).toBe(3);
    expect(commits).toEqual([[]]);
  });

  it('leaves the library unchanged if reading fails, and starts again', async () => {
    const { database, feed, url } = await oldLibrary();
    feed.serve = (since) => {
      if (since === 50) return { status: 410, body: EXPIRED };
      return since === 0 ? page([project(1), avatar(2, 'Half')], 2, true) : { status: 503, body: {} };
    };
    const failed = await pullFrom(url, { database });
    expect(failed.outcome.ok).toBe(false);
    expect(failed.commits).toEqual([]);
    expect(namesIn(database)).toEqual(['Both', 'Old']);
    feed.serve = (since) => (since === 50 ? { status: 410, body: EXPIRED } : page([project(1), avatar(2, 'New')], 2));
    await pullFrom(url, { database });
    expect(namesIn(database)).toEqual(['New']);
  });

  it('gives up for now when the feed keeps expiring', async () => {
    const { database, feed, url } = await oldLibrary();
    feed.serve = (since) => (since === 0 ? page([avatar(2, 'Half')], 2, true) : { status: 410, body: EXPIRED });
    const { outcome } = await pullFrom(url, { database });
    expect(outcome.ok).toBe(false);
    expect(namesIn(database)).toEqual(['Both', 'Old']);
  });

  it('does not replace the library with a state older than an own operation', async () => {
    const { database, feed, url, both } = await oldLibrary();
    let own = 0;
    let isLastAsked = false;
    feed.serve = (since) => {
      if (since === 50) return { status: 410, body: EXPIRED };
      if (since === 0) return page([project(1), avatar(2, 'Both', both)], 2, true);
      // While this answer is on its way, a person renames it here, and the server has that.
      if (!isLastAsked) own += 1;
      const answer = isLastAsked ? page([avatar(4, 'Renamed here', both)], 4) : page([], 3);
      isLastAsked = true;
      return answer;
    };
    const { outcome } = await pullFrom(url, { database, ownChanges: () => own });
    expect(outcome.ok).toBe(true);
    expect(namesIn(database)).toEqual(['Renamed here']);
    expect(feed.asked.at(-1)).toBe(2);
  });

  it('leaves the old state when the process is killed in the middle', async () => {
    const { path, database, feed, url } = await oldLibrary();
    database.close();
    feed.serve = (since) => {
      if (since === 50) return { status: 410, body: EXPIRED };
      return since === 0 ? page([project(1), avatar(2, 'Half')], 2, true) : null;
    };
    feed.asked.length = 0;
    const child = spawn(process.execPath, [CHILD, path, url, CUSTOMER], { stdio: 'inherit' });
    const ended = once(child, 'close');
    await until(() => feed.asked.includes(2));
    child.kill('SIGKILL');
    await ended;
    const reopened = open(path);
    expect(namesIn(reopened)).toEqual(['Both', 'Old']);
    expect(reopened.read.customers.cursorOf(CUSTOMER)).toBe(50);
    feed.serve = (since) => (since === 50 ? { status: 410, body: EXPIRED } : page([project(1), avatar(2, 'New')], 2));
    await pullFrom(url, { database: reopened });
    expect(namesIn(reopened)).toEqual(['New']);
  });
});

describe('a long feed', () => {
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => avatar(from + index, `A${from + index}`));

  it('is read ahead while a page is stored', async () => {
    const database = open(join(await tempFolder(), 'library.db'));
    const pages = new Map([
      [0, page([project(1), ...many(2, 999)], 1000, true)],
      [1000, page(many(1001, 10), 1010)],
    ]);
    let storedWhenAsked = -1;
    const { url } = await feedServer((since) => {
      if (since === 1000) storedWhenAsked = database.read.versions.notTrashed(PROJECT).length;
      return pages.get(since) ?? page([], since);
    });
    expect((await pullFrom(url, { database })).outcome.ok).toBe(true);
    expect(storedWhenAsked).toBeLessThan(999);
    expect(namesIn(database)).toHaveLength(1009);
  });

  it('discards the rest of a page when an own operation is stored in the middle of it', async () => {
    const database = open(join(await tempFolder(), 'library.db'));
    const all = [project(1), ...many(2, 499)];
    const { feed, url } = await feedServer((since) =>
      page(
        all.filter(({ seq }) => seq > since),
        500,
      ),
    );
    const { outcome } = await pullFrom(url, {
      database,
      ownChanges: () => (database.read.versions.notTrashed(PROJECT).length > 150 ? 1 : 0),
    });
    expect(outcome.ok).toBe(true);
    expect(feed.asked).toEqual([0, 200]);
    expect(namesIn(database)).toHaveLength(499);
  });

  it.each([
    ['whose numbers do not rise', () => page([avatar(2, 'B'), avatar(1, 'A')], 2)],
    ['of another language', () => page([{ entity: 'sofa' } as unknown as Change], 2)],
    ['that is not JSON', (): Answer => ({ status: 200, body: undefined })],
  ])('with a page %s is refused, and nothing of it is stored', async (_what, answer) => {
    const database = open(join(await tempFolder(), 'library.db'));
    const { url } = await feedServer(answer);
    const { outcome } = await pullFrom(url, { database });
    expect(!outcome.ok && outcome.failure.kind).toBe('contract');
    expect(database.read.customers.cursorOf(CUSTOMER)).toBe(0);
  });
});
