import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { projectRowFrom, versionRowFrom } from '../../../../main/db/api-rows.ts';
import type { LocalDatabase } from '../../../../main/db/local-database.ts';
import { writeFailure } from '../../../../main/failures/disk-faults.ts';
import { createLibraryActions } from '../../../../main/library/library-actions.ts';
import { createLibraryReads } from '../../../../main/library/library-reads.ts';
import { Outbox } from '../../../../main/outbox/outbox.ts';
import { createApiClient } from '../../../../node/api-client/api-client.ts';
import { networkFailure, toFailure } from '../../../../node/api-client/api-failure.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import { fillingDisk } from '../../../support/filling-disk.ts';
import { avatarResponse, projectResponse } from '../../../support/library-rows.ts';
import { tempDatabase } from '../../../support/local-database.ts';
import { scriptedHttp, sendJson } from '../../../support/scripted-http.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { newVersionUuid } from '../../../support/uuids.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
}

type Answer = (response: ServerResponse, asked: Asked) => void;

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? null : JSON.parse(Buffer.concat(chunks).toString());
}

function problem(response: ServerResponse, status: number, code: string): void {
  sendJson(response, status, { type: 'about:blank', title: code, status, detail: code, code });
}

const mara = avatarResponse({ uuid: newVersionUuid() });
const project = projectResponse({ uuid: mara.project_uuid });

/** Wide enough for a slow machine, with the longest first delay in it. */
const WAIT = { timeout: 20_000, interval: 10 };

interface Desk {
  readonly database?: LocalDatabase;
  readonly isOnline?: () => boolean;
}

/** A real outbox on a real database and a server that answers what the test says. */
async function desk(answer: Answer, { database: given, isOnline = () => true }: Desk = {}) {
  const asked: Asked[] = [];
  const hear = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, body: await readBody(request), key: String(headers['idempotency-key']) };
    asked.push(one);
    answer(response, one);
  };
  const serverUrl = await scriptedHttp((request, response) => void hear(request, response));
  const database = given ?? (await tempDatabase());
  database.tryWrite((writers) => {
    writers.projects.upsert(projectRowFrom(project));
    writers.versions.upsert(versionRowFrom(mara));
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const outbox = new Outbox({
    api: createApiClient({ serverUrl, token: 't', log: silentLog, onUnauthenticated: () => undefined }),
    database,
    log,
    sync: {
      pullNow: async () => (isOnline() ? ok({ syncedAt: '' }) : fail(toFailure(networkFailure(serverUrl)))),
      noteFailure: () => undefined,
    },
    onLibraryChange: () => undefined,
    onChange: () => undefined,
  });
  onTestFinished(() => outbox.stop());
  const reads = createLibraryReads(database.read);
  const actions = createLibraryActions({ outbox, reads, actor: () => 'Dana', mayDo: () => true });
  const edit = (name: string) => actions.edit(mara.uuid, { name });
  const states = () => outbox.list().map(({ state }) => state);
  return { asked, database, outbox, actions, edit, states };
}

const accept: Answer = (response) => sendJson(response, 200, mara);

describe('the outbox', () => {
  it('sends the intent, its base, and a separate key for each operation', async () => {
    const { asked, outbox, actions, edit, states } = await desk((response, { path }) =>
      path.includes('active')
        ? sendJson(response, 200, { active_avatar_uuid: null, set_by: null, set_at: null })
        : accept(response, { path, method: '', key: '', body: null }),
    );
    outbox.start();
    edit('Mara 2');
    actions.activate({ projectUuid: project.uuid, versionUuid: mara.uuid, expectedActiveUuid: null });
    await vi.waitFor(() => expect(states()).toEqual([]), WAIT);
    expect(asked.map(({ method, body }) => [method, body])).toEqual([
      ['PATCH', { name: 'Mara 2', expected: { name: 'Mara' } }],
      ['PUT', { avatar_uuid: mara.uuid, expected_active_uuid: null, how: 'choice', undoes: null }],
    ]);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(2);
    for (const { key } of asked) expect(key).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sends again with the same key after a server error, and removes the operation with the pull that brings its change', async () => {
    let faults = 2;
    let isOnline = false;
    const { asked, outbox, edit, states } = await desk(
      (response) => {
        faults -= 1;
        if (faults >= 0) problem(response, 503, 'unavailable');
        else sendJson(response, 200, mara);
      },
      { isOnline: () => isOnline },
    );
    outbox.start();
    edit('Mara 2');
    await vi.waitFor(() => expect(asked).toHaveLength(1), WAIT);
    outbox.wake();
    await vi.waitFor(() => expect(asked).toHaveLength(2), WAIT);
    outbox.wake();
    await vi.waitFor(() => expect(asked).toHaveLength(3), WAIT);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
    // Acknowledged, but not pulled yet: it is applied to the library until the pull succeeds, and is not sent again.
    expect(states()).toEqual(['sending']);
    isOnline = true;
    await vi.waitFor(() => {
      outbox.wake();
      expect(states()).toEqual([]);
    }, WAIT);
    expect(asked).toHaveLength(3);
  });

  it('retries automatically after the delay that the server requested', async () => {
    const times: number[] = [];
    const { outbox, edit, states } = await desk((response) => {
      times.push(performance.now());
      if (times.length > 1) return accept(response, { method: '', path: '', key: '', body: null });
      response.setHeader('retry-after', '3');
      problem(response, 429, 'too_many_requests');
    });
    outbox.start();
    edit('Mara 2');
    await vi.waitFor(() => expect(states()).toEqual([]), WAIT);
    expect(times).toHaveLength(2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2900);
  });

  it('stops at an invalid token and keeps everything', async () => {
    const { asked, outbox, edit, states } = await desk((response) => problem(response, 401, 'unauthenticated'));
    outbox.start();
    edit('Mara 2');
    edit('Mara 3');
    await vi.waitFor(() => expect(asked).toHaveLength(1), WAIT);
    await vi.waitFor(() => expect(states()).toEqual(['waiting', 'waiting']), WAIT);
    outbox.wake();
    expect(states()).toEqual(['waiting', 'waiting']);
    expect(asked).toHaveLength(1);
  });

  it('sends interrupted operations at the next start, with the same key', async () => {
    const database = await tempDatabase();
    const first = await desk(() => undefined, { database });
    first.outbox.start();
    first.edit('Mara 2');
    await vi.waitFor(() => expect(first.asked).toHaveLength(1), WAIT);
    expect(first.states()).toEqual(['sending']);
    await first.outbox.stop();
    const second = await desk(accept, { database });
    second.outbox.start();
    await vi.waitFor(() => expect(second.states()).toEqual([]), WAIT);
    expect(second.asked[0]?.key).toBe(first.asked[0]?.key);
  });

  it('parks a refused operation, and sends it with a new key when a person retries it', async () => {
    let isRefused = true;
    const { asked, outbox, edit, states } = await desk((response) => {
      if (isRefused) problem(response, 404, 'not_found');
      else sendJson(response, 200, mara);
    });
    outbox.start();
    edit('Mara 2');
    await vi.waitFor(() => expect(states()).toEqual(['refused']), WAIT);
    isRefused = false;
    outbox.retry(outbox.list().map(({ id }) => id));
    await vi.waitFor(() => expect(states()).toEqual([]), WAIT);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(2);
  });

  it('parks an edit that no server can accept without sending it, and sends the next one', async () => {
    const { asked, database, outbox, edit, states } = await desk(accept);
    // As an earlier version of the application let it in.
    edit('Mara \ud83d');
    outbox.start();
    edit('Mara 2');
    await vi.waitFor(() => expect(states()).toEqual(['refused']), WAIT);
    expect(asked.map(({ body }) => body)).toEqual([{ name: 'Mara 2', expected: { name: 'Mara \ufffd' } }]);
    expect(database.read.operations.inStates(['refused'])[0]?.failure).toMatchObject({
      code: 'invalid_request',
      errors: [{ where: 'body.name', rule: 'control_characters' }],
    });
  });

  it('ignores ids that are not parked', async () => {
    const { outbox, edit, states } = await desk(accept);
    edit('Mara 2');
    const ids = [...outbox.list().map(({ id }) => id), randomUUID()];
    outbox.drop(ids);
    outbox.retry(ids);
    outbox.resolve(ids, 'theirs');
    expect(states()).toEqual(['waiting']);
  });
});

describe('an activation after one’s own upload', () => {
  const uploaded = avatarResponse({ project_uuid: project.uuid, name: 'Nova' });

  /** The server has made live what this machine uploaded, and says so to the first activation. */
  async function afterUpload({ confirmedAt, isLater }: { readonly confirmedAt: string; readonly isLater: boolean }) {
    const outcome = await desk((response, { body }) => {
      const isRebased = (body as { expected_active_uuid: string | null }).expected_active_uuid === uploaded.uuid;
      if (isRebased) sendJson(response, 200, { active_avatar_uuid: mara.uuid, set_by: null, set_at: null });
      else problem(response, 409, 'active_conflict');
    });
    const row = versionRowFrom(uploaded);
    const activate = () =>
      outcome.actions.activate({ projectUuid: project.uuid, versionUuid: mara.uuid, expectedActiveUuid: null });
    if (isLater) activate();
    outcome.database.tryWrite((writers) => {
      writers.versions.upsert(row);
      writers.projects.setActive(project.uuid, {
        active: { ...row, versionUuid: row.uuid },
        activeSetBy: 'Dana',
        activeSetAt: confirmedAt,
        activations: [],
      });
      writers.transfers.insert({
        id: randomUUID(),
        kind: 'upload',
        state: 'done',
        projectUuid: project.uuid,
        fileName: 'nova.gab',
        avatarName: 'Nova',
        totalBytes: 1,
        sha256: row.sha256,
        versionUuid: row.uuid,
        activation: 'activated',
        createdAt: confirmedAt,
      });
    });
    if (!isLater) activate();
    outcome.outbox.start();
    return outcome;
  }

  it('gives way to a later upload', async () => {
    const { asked, states } = await afterUpload({ confirmedAt: '2999-01-01T00:00:00.000Z', isLater: true });
    await vi.waitFor(() => expect(states()).toEqual([]), WAIT);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['', '2001-01-01T00:00:00.000Z'],
    [', although the clock was set back in between', '2999-01-01T00:00:00.000Z'],
  ])('replaces an earlier upload%s', async (_, confirmedAt) => {
    const { asked, outbox, states } = await afterUpload({ confirmedAt, isLater: false });
    await vi.waitFor(() => expect(states()).toEqual(['waiting']), WAIT);
    outbox.wake();
    await vi.waitFor(() => expect(states()).toEqual([]), WAIT);
    const chosen = { how: 'choice', undoes: null };
    expect(asked.map(({ body }) => body)).toEqual([
      { avatar_uuid: mara.uuid, expected_active_uuid: null, ...chosen },
      { avatar_uuid: mara.uuid, expected_active_uuid: uploaded.uuid, ...chosen },
    ]);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(2);
  });
});

describe('a full disk', () => {
  it('refuses an edit before it shows', async () => {
    const disk = await fillingDisk();
    const { edit, outbox } = await desk(accept, { database: disk.database });
    disk.isFull = true;
    expect(edit('Mara 2')).toMatchObject({ ok: false, failure: { code: 'library_not_written' } });
    expect(outbox.list()).toEqual([]);
    expect(createLibraryReads(disk.database.read).avatars(project.uuid)[0]?.name).toBe('Mara');
    disk.isFull = false;
    expect(edit('Mara 2')).toMatchObject({ ok: true });
  });

  it('keeps a conflict as it was, and says why the decision was not stored', async () => {
    const disk = await fillingDisk();
    const { edit, outbox, states } = await desk((response) => problem(response, 404, 'not_found'), {
      database: disk.database,
    });
    outbox.start();
    edit('Mara 2');
    await vi.waitFor(() => expect(states()).toEqual(['refused']), WAIT);
    disk.isFull = true;
    const ids = outbox.list().map(({ id }) => id);
    for (const answer of [outbox.retry(ids), outbox.drop(ids)]) {
      expect(answer).toMatchObject({ ok: false, failure: { code: 'library_not_written' } });
    }
    expect(states()).toEqual(['refused']);
    disk.isFull = false;
    expect(outbox.drop(ids)).toEqual({ ok: true, value: null });
    expect(states()).toEqual([]);
  });

  it('is recognized when SQLite may not grow', () => {
    const connection = new Database(':memory:');
    onTestFinished(() => void connection.close());
    connection.exec('create table t (x)');
    connection.pragma('max_page_count = 10');
    let thrown: unknown = null;
    try {
      connection.prepare('insert into t values (zeroblob(1000000))').run();
    } catch (error) {
      thrown = error;
    }
    const failure = { code: 'library_not_written', systemCode: 'SQLITE_FULL' };
    expect(writeFailure(thrown)).toEqual(failure);
    expect(writeFailure(new Error('wrapped', { cause: thrown }))).toEqual(failure);
    expect(writeFailure(new TypeError('a bug'))).toBeNull();
  });
});
