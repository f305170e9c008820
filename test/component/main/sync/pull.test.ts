import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LocalDatabase } from '../../../../main/db/local-database.ts';
import { pull, type SyncScope } from '../../../../main/sync/pull.ts';
import { createApiClient } from '../../../../node/api-client/api-client.ts';
import type { Change } from '../../../../shared/api/changes.ts';
import { avatarResponse, projectResponse } from '../../../support/library-rows.ts';
import { tempDatabase } from '../../../support/local-database.ts';
import { scriptedHttp, sendJson } from '../../../support/scripted-http.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { adminScope, designerOf } from '../../../support/sync-scope.ts';

const CUSTOMER = randomUUID();
const designer = designerOf(CUSTOMER);

interface Page {
  readonly changes: readonly Change[];
  readonly cursor: number;
  readonly has_more: boolean;
}

const projectChange = (seq: number, uuid = randomUUID()): Change => ({
  entity: 'project',
  uuid,
  seq,
  project: projectResponse({ uuid, customer_uuid: CUSTOMER }),
});

const avatarChange = (seq: number, projectUuid: string): Extract<Change, { entity: 'avatar' }> => {
  const avatar = avatarResponse({ project_uuid: projectUuid });
  return { entity: 'avatar', uuid: avatar.uuid, seq, avatar };
};

interface Script {
  readonly answer: (since: number, url: URL) => Page | { readonly customers: object[]; readonly total: number };
  readonly ownChanges?: () => number;
  readonly scope?: SyncScope;
  readonly database?: LocalDatabase;
}

async function pullWith({ answer, ownChanges = () => 0, scope = designer, database }: Script) {
  const serverUrl = await scriptedHttp((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    sendJson(response, 200, answer(Number(url.searchParams.get('since')), url));
  });
  const local = database ?? (await tempDatabase());
  const commits: string[][] = [];
  const outcome = await pull({
    api: createApiClient({ serverUrl, token: 't', log: silentLog, onUnauthenticated: () => undefined }),
    database: local,
    scope,
    customers: null,
    signal: new AbortController().signal,
    ownChanges,
    onCommit: (projectUuids) => commits.push([...projectUuids]),
    onLongPull: () => undefined,
  });
  return { outcome, database: local, commits };
}

const cursorOf = (database: LocalDatabase) => database.read.customers.all()[0]?.feedCursor;

/** What a pull reports when customers came, went or got a new name. */
const EVERYTHING: string[] = [];

describe('pull', () => {
  it('stores page after page with its cursor and reports the changed projects', async () => {
    const project = projectChange(1);
    const avatar = avatarChange(2, project.uuid);
    const { outcome, database, commits } = await pullWith({
      answer: (since) =>
        since === 0
          ? { changes: [project], cursor: 1, has_more: true }
          : { changes: [avatar], cursor: 2, has_more: false },
    });
    expect(outcome.ok).toBe(true);
    expect(cursorOf(database)).toBe(2);
    expect(database.read.versions.find(avatar.uuid)?.name).toBe('Mara');
    expect(commits).toEqual([EVERYTHING, [project.uuid], [project.uuid]]);
  });

  it('reports nothing when nothing changed', async () => {
    const answer = () => ({ changes: [], cursor: 0, has_more: false });
    const { commits: first, database } = await pullWith({ answer });
    expect(first, 'the customer is new').toEqual([EVERYTHING]);
    const { commits } = await pullWith({ answer, database });
    expect(commits).toEqual([]);
    expect(cursorOf(database)).toBe(0);
  });

  it('removes deleted versions, and a deleted project with all its versions', async () => {
    const project = projectChange(1);
    const [kept, gone] = [avatarChange(2, project.uuid), avatarChange(3, project.uuid)];
    const { database } = await pullWith({
      answer: () => ({ changes: [project, kept, gone], cursor: 3, has_more: false }),
    });
    const tombstone: Change = { entity: 'avatar', uuid: gone.uuid, seq: 4, avatar: null };
    const second = await pullWith({ database, answer: () => ({ changes: [tombstone], cursor: 4, has_more: false }) });
    expect(second.commits).toEqual([[project.uuid]]);
    expect(database.read.versions.find(gone.uuid)).toBeNull();
    expect(database.read.versions.find(kept.uuid)).not.toBeNull();
    const end: Change = { entity: 'project', uuid: project.uuid, seq: 5, project: null };
    await pullWith({ database, answer: () => ({ changes: [end], cursor: 5, has_more: false }) });
    expect(database.read.projects.all()).toEqual([]);
    expect(database.read.versions.find(kept.uuid)).toBeNull();
  });

  it('fetches a page again if an own operation was written in the meantime', async () => {
    const project = projectChange(1);
    let asked = 0;
    const { outcome, database } = await pullWith({
      // The first answer is as old as the question; by the time it arrives, something newer is in the library.
      ownChanges: () => (asked === 0 ? 0 : 1),
      answer: () => {
        asked += 1;
        return asked === 1
          ? { changes: [projectChange(9)], cursor: 9, has_more: false }
          : { changes: [project], cursor: 1, has_more: false };
      },
    });
    expect(outcome.ok).toBe(true);
    expect(database.read.projects.all().map((row) => row.uuid)).toEqual([project.uuid]);
  });

  it('starts again when the server was restored from an older state', async () => {
    const old = projectChange(1);
    const { database } = await pullWith({ answer: () => ({ changes: [old], cursor: 50, has_more: false }) });
    const restored = projectChange(1);
    await pullWith({
      database,
      answer: (since) =>
        since > 3 ? { changes: [], cursor: 3, has_more: false } : { changes: [restored], cursor: 3, has_more: false },
    });
    expect(database.read.projects.all().map((row) => row.uuid)).toEqual([restored.uuid]);
    expect(cursorOf(database)).toBe(3);
  });

  it('removes a customer that this account may no longer see', async () => {
    const project = projectChange(1);
    const { database } = await pullWith({ answer: () => ({ changes: [project], cursor: 1, has_more: false }) });
    const scope = designerOf(randomUUID(), 'Borealis');
    await pullWith({ database, scope, answer: () => ({ changes: [], cursor: 0, has_more: false }) });
    expect(database.read.projects.all()).toEqual([]);
    expect(database.read.customers.all().map((customer) => customer.name)).toEqual(['Borealis']);
  });

  it('follows each customer that the user belongs to once', async () => {
    const [aurora, borealis] = [randomUUID(), randomUUID()];
    const memberships = [
      { customerUuid: aurora, customerName: 'Aurora' },
      { customerUuid: borealis, customerName: 'Borealis' },
      { customerUuid: borealis, customerName: 'Borealis' },
    ];
    const asked: (string | null)[] = [];
    const { database } = await pullWith({
      scope: { isAdmin: false, memberships },
      answer: (_since, url) => {
        asked.push(url.searchParams.get('customer_uuid'));
        return { changes: [], cursor: 0, has_more: false };
      },
    });
    expect(asked).toEqual([aurora, borealis]);
    expect(database.read.customers.all().map(({ name }) => name)).toEqual(['Aurora', 'Borealis']);
  });

  it('follows every customer for an admin, page by page', async () => {
    const customers = [randomUUID(), randomUUID()].map((uuid, index) => ({
      id: index,
      uuid,
      slug: `c${index}`,
      name: `C${index}`,
      project_count: 1,
    }));
    const asked: (string | null)[] = [];
    const { database } = await pullWith({
      scope: adminScope,
      answer: (_since, url) => {
        if (url.pathname.endsWith('/customers')) {
          const offset = Number(url.searchParams.get('offset'));
          return { customers: customers.slice(offset, offset + 1), total: 2 };
        }
        asked.push(url.searchParams.get('customer_uuid'));
        return { changes: [], cursor: 0, has_more: false };
      },
    });
    expect(asked).toEqual(customers.map((customer) => customer.uuid));
    expect(database.read.customers.all()).toHaveLength(2);
  });
});
