import { createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { customers } from '../../../server/db/schema/customers.ts';
import { auditEvents } from '../../../server/db/schema/history.ts';
import { memberships } from '../../../server/db/schema/memberships.ts';
import { idempotencyKeys } from '../../../server/db/schema/requests.ts';
import { purgeTrash } from '../../../server/features/housekeeping/purge-trash.ts';
import { sweepRows } from '../../../server/features/housekeeping/sweep-rows.ts';
import { type AvatarUploadResponse, avatarResponseSchema } from '../../../shared/api/avatars.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addColleague, addPerson, addProject, type TestPerson, type TestProject } from '../../support/world.ts';

let server: TestServer;
/** A second server on the same database. */
let other: TestServer;
let bundle: Buffer;
let erik: TestPerson;
let project: TestProject;
let first: AvatarUploadResponse;
let second: AvatarUploadResponse;
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
  other = await startTestServer({ shareWith: server });
  bundle = await readFixture('gab/minimal.gab');
  erik = await addColleague(server.database.db, server.customers.aurora.id);
});
afterAll(async () => {
  await other.stop();
  await server.stop();
});

beforeEach(async () => {
  count += 1;
  project = await addProject(server.database.db, server.customers.aurora.id, `Project ${count}`);
  first = await dana().mustUpload(project.uuid, { bytes: bundle });
  const fields = { lineage_uuid: first.lineage_uuid, activate: 'false' };
  second = await dana().mustUpload(project.uuid, { bytes: bundle, fields });
});

const dana = () => server.client(server.people.dana.token);
const avatarPath = (uuid: string) => `/api/customer/avatars/${uuid}`;

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}
const activate = (uuid: string | null, expected: string | null): Request => ({
  method: 'PUT',
  path: `/api/customer/projects/${project.uuid}/active-avatar`,
  body: { avatar_uuid: uuid, expected_active_uuid: expected },
});
const edit = (body: unknown, uuid = second.uuid): Request => ({ method: 'PATCH', path: avatarPath(uuid), body });
const trash = (uuid = second.uuid, audience = 'customer'): Request => ({
  method: 'DELETE',
  path: `/api/${audience}/avatars/${uuid}`,
});
const restore = (uuid = second.uuid): Request => ({ method: 'POST', path: `${avatarPath(uuid)}/restore` });

function send(request: Request, key?: string, { at = server, who = server.people.dana } = {}): Promise<Response> {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  return at.client(who.token).send(request.method, request.path, { body: request.body, headers });
}

/** The number of audit events, and the number of Aurora's feed. */
async function written() {
  const events = await server.database.db.select({ id: auditEvents.id }).from(auditEvents);
  const [customer] = await server.database.db
    .select({ seq: customers.feedSeq })
    .from(customers)
    .where(eq(customers.id, server.customers.aurora.id));
  return { events: events.length, seq: customer?.seq };
}

/** Each operation, prepared so that it changes something. */
const OPERATIONS: Record<string, () => Promise<{ request: Request; who?: TestPerson }>> = {
  setActiveAvatar: async () => ({ request: activate(second.uuid, first.uuid) }),
  patchAvatar: async () => ({ request: edit({ name: `Name ${count}`, expected: { name: second.name } }) }),
  deleteAvatar: async () => ({ request: trash() }),
  adminDeleteAvatar: async () => ({ request: trash(second.uuid, 'admin'), who: server.people.ada }),
  restoreAvatar: async () => {
    await send(trash());
    return { request: restore() };
  },
};

describe.each(Object.entries(OPERATIONS))('%s', (name, prepare) => {
  test('repeated with its key gets the same response byte for byte and changes nothing', async () => {
    const { request, who } = await prepare();
    const key = randomUUID();
    const answer = await send(request, key, { ...(who && { who }) });
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([200, null]);
    const text = await answer.text();
    const before = await written();
    for (const at of [server, other]) {
      const again = await send(request, key, { at, ...(who && { who }) });
      expect([again.status, await again.text()]).toEqual([200, text]);
      expect(again.headers.get('content-type')).toBe(answer.headers.get('content-type'));
      expect(again.headers.get('idempotency-replayed')).toBe('true');
    }
    expect(await written()).toEqual(before);
  });

  test('sent several times at once to two processes runs once', async () => {
    const { request, who } = await prepare();
    const key = randomUUID();
    const before = await written();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => send(request, key, { at: at % 2 ? server : other, ...(who && { who }) })),
    );
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(new Set(texts).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    const after = await written();
    // Activating writes two events, the other operations one.
    expect(after.events - before.events).toBe(name === 'setActiveAvatar' ? 2 : 1);
    // Sent again with another key it has nothing to change.
    await send(request, randomUUID(), { ...(who && { who }) });
    expect(await written()).toEqual(after);
  });

  test('fails with `idempotency_key_reused` for another request with the same key', async () => {
    const { request, who } = await prepare();
    const key = randomUUID();
    expect((await send(request, key, { ...(who && { who }) })).status).toBe(200);
    const before = await written();
    const others = [
      edit({ description: 'another' }),
      activate(null, second.uuid),
      restore(first.uuid),
      trash(first.uuid),
    ];
    for (const different of others) {
      const problem = await problemOf(await send(different, key, { ...(who && { who }) }));
      expect(problem).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    }
    expect(await written()).toEqual(before);
  });

  test('fails for a key that is not a UUID', async () => {
    const { request, who } = await prepare();
    const problem = await problemOf(await send(request, 'not-a-uuid', { ...(who && { who }) }));
    expect(problem).toMatchObject({ status: 400, errors: [{ where: 'headers.idempotency-key' }] });
  });
});

describe('a failed operation is judged again when it is repeated', () => {
  test('and succeeds once the active version is the expected one', async () => {
    await send(activate(null, first.uuid));
    const key = randomUUID();
    const request = activate(second.uuid, first.uuid);
    expect(await problemOf(await send(request, key))).toMatchObject({ status: 409, code: 'active_conflict' });
    await send(activate(first.uuid, null));
    const answer = await send(request, key);
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([200, null]);
    expect(await answer.json()).toMatchObject({ active_avatar_uuid: second.uuid });
  });

  test('and succeeds once a viewer has become a designer', async () => {
    const hilda = await addPerson(server.database.db, {
      name: 'Hilda',
      email: `hilda${count}@aurora.example`,
      role: 'viewer',
      customerId: server.customers.aurora.id,
    });
    const requests = [edit({ name: 'Hers' }), trash(), restore(), activate(second.uuid, first.uuid)];
    const keys = requests.map(() => randomUUID());
    const sendAll = async () => {
      const statuses: number[] = [];
      for (const [at, request] of requests.entries()) {
        statuses.push((await send(request, keys[at], { who: hilda })).status);
      }
      return statuses;
    };
    expect(await sendAll()).toEqual([403, 403, 403, 403]);
    const mine = eq(idempotencyKeys.userId, hilda.id);
    expect(await server.database.db.select().from(idempotencyKeys).where(mine)).toEqual([]);
    await server.database.db.update(memberships).set({ role: 'designer' }).where(eq(memberships.userId, hilda.id));
    expect(await sendAll()).toEqual([200, 200, 200, 200]);
  });

  test('also if two are sent at once and the first one fails', async () => {
    const key = randomUUID();
    const request = edit({ name: 'Mine', expected: { name: 'Not yet' } });
    const refused = await Promise.all([send(request, key), send(request, key, { at: other })]);
    for (const answer of refused) expect(await problemOf(answer)).toMatchObject({ code: 'edit_conflict' });
    await send(edit({ name: 'Not yet' }));
    expect((await send(request, key)).status).toBe(200);
  });
});

describe('a stored response', () => {
  test('belongs to one user', async () => {
    const key = randomUUID();
    expect((await send(trash(), key)).status).toBe(200);
    const answer = await send(trash(), key, { who: erik });
    expect(answer.headers.get('idempotency-replayed')).toBeNull();
    expect(await answer.json()).toEqual({ deleted_avatar_uuids: [], was_active_uuid: null });
    const foreign = await send(trash(), key, { who: server.people.bo });
    expect(await problemOf(foreign)).toMatchObject({ status: 404, code: 'not_found' });
  });

  test('is returned even if its version no longer exists', async () => {
    const key = randomUUID();
    const text = await (await send(trash(), key)).text();
    await purgeTrash(server.app.context, new Date(Date.now() + 31 * DAY_MS));
    expect((await dana().get(avatarPath(second.uuid))).status).toBe(404);
    const again = await send(trash(), key);
    expect([again.status, await again.text()]).toEqual([200, text]);
  });

  test('belongs to an operation or to an upload, never to both', async () => {
    const key = randomUUID();
    expect((await send(trash(), key)).status).toBe(200);
    const upload = await dana().upload(project.uuid, { bytes: bundle, idempotencyKey: key });
    expect(await problemOf(upload)).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    const complete = await dana().send('POST', `/api/customer/uploads/${key}/complete`);
    expect(await problemOf(complete)).toMatchObject({ status: 404, code: 'not_found' });
    const uploadKey = randomUUID();
    await dana().mustUpload(project.uuid, { bytes: bundle, idempotencyKey: uploadKey });
    expect(await problemOf(await send(restore(), uploadKey))).toMatchObject({ status: 422 });
  });

  interface StoredOperation {
    readonly request: Request;
    readonly fingerprinted: Readonly<Record<string, unknown>>;
    readonly response: unknown;
  }
  /** Operations as servers have stored them since their first release: these names can never change. */
  const STORED: Record<string, () => StoredOperation> = {
    setActiveAvatar: () => ({
      request: activate(second.uuid, first.uuid),
      fingerprinted: {
        operation: 'activate',
        projectUuid: project.uuid,
        avatarUuid: second.uuid,
        expectedActiveUuid: first.uuid,
      },
      response: { active_avatar_uuid: second.uuid, set_by: 'Dana', set_at: '2025-01-02T03:04:05.678Z' },
    }),
    patchAvatar: () => ({
      request: edit({ name: 'Mara' }),
      fingerprinted: { operation: 'edit', uuid: second.uuid, name: 'Mara' },
      response: avatarResponseSchema.parse({ ...second, name: 'Mara' }),
    }),
    deleteAvatar: () => ({
      request: trash(),
      fingerprinted: { operation: 'trash', uuid: second.uuid, scope: 'version' },
      response: { deleted_avatar_uuids: [second.uuid], was_active_uuid: null },
    }),
    restoreAvatar: () => ({
      request: restore(),
      fingerprinted: { operation: 'restore', uuid: second.uuid },
      response: avatarResponseSchema.parse(second),
    }),
  };

  test.each(Object.entries(STORED))('of %s is replayed after an update of the server', async (_name, prepare) => {
    const { request, fingerprinted, response } = prepare();
    const sorted = Object.entries(fingerprinted).sort(([a], [b]) => (a < b ? -1 : 1));
    const fingerprint = createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
    const key = randomUUID();
    const row = { userId: server.people.dana.id, key, fingerprint, status: 200, response };
    await server.database.db.insert(idempotencyKeys).values(row);
    const before = await written();
    const replayed = await send(request, key);
    expect([replayed.status, replayed.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect(await replayed.json()).toEqual(response);
    expect(await written()).toEqual(before);
  });

  test('is kept for thirty days', async () => {
    const key = randomUUID();
    await send(trash(), key);
    const ofKey = eq(idempotencyKeys.key, key);
    const keptAfter = async (days: number) => {
      const createdAt = new Date(Date.now() - days * DAY_MS);
      await server.database.db.update(idempotencyKeys).set({ createdAt }).where(ofKey);
      await sweepRows(server.app.context);
      return server.database.db.select().from(idempotencyKeys).where(ofKey);
    };
    expect(await keptAfter(29.9)).toMatchObject([{ status: 200, userId: server.people.dana.id }]);
    expect(await keptAfter(30.1)).toEqual([]);
  });
});

describe('an edit with expected values', () => {
  const asRead = () => ({ name: second.name, tags: second.tags, description: second.description });

  test('succeeds if the fields have the expected values', async () => {
    const wanted = { name: 'Wanted', tags: ['b', 'a'], description: 'Words' };
    const answer = await send(edit({ ...wanted, expected: asRead() }));
    expect(await answer.json()).toMatchObject(wanted);
  });

  test('fails with `edit_conflict` after another edit, with the current fields, the editor and the time', async () => {
    const edited = await (await send(edit({ name: 'Erik’s' }), undefined, { who: erik })).json();
    const counts = await written();
    const refused = await send(edit({ name: 'Dana’s', expected: asRead() }));
    const problem = await problemOf(refused);
    expect(problem).toMatchObject({
      status: 409,
      code: 'edit_conflict',
      detail: 'Erik has edited this avatar since you loaded it.',
      current_fields: { name: 'Erik’s', tags: second.tags, description: second.description, changed_by: 'Erik' },
    });
    expect(problem.current_fields?.changed_at).toBe(edited.updated_at);
    expect(await written()).toEqual(counts);
  });

  test('succeeds if only other fields have changed', async () => {
    await send(edit({ name: 'Erik’s' }), undefined, { who: erik });
    const answer = await send(edit({ tags: ['mine'], expected: { tags: second.tags } }));
    expect(await answer.json()).toMatchObject({ name: 'Erik’s', tags: ['mine'] });
  });

  test('succeeds without a write if the field already has the requested value', async () => {
    await send(edit({ name: 'Same', tags: ['x'] }), undefined, { who: erik });
    const counts = await written();
    const answer = await send(edit({ name: 'Same', tags: ['x'], expected: asRead() }));
    expect(await answer.json()).toMatchObject({ name: 'Same', tags: ['x'] });
    expect(await written()).toEqual(counts);
  });

  test('treats the same tags in another order as different', async () => {
    await send(edit({ tags: ['a', 'b'] }), undefined, { who: erik });
    const refused = await send(edit({ tags: ['b', 'a'], expected: { tags: [] } }));
    expect(await problemOf(refused)).toMatchObject({ code: 'edit_conflict', current_fields: { tags: ['a', 'b'] } });
  });

  test('names the user who changed the conflicting field', async () => {
    await send(edit({ description: 'Erik’s words' }), undefined, { who: erik });
    await send(edit({ name: 'Dana’s name' }));
    const words = await problemOf(await send(edit({ description: 'x', expected: { description: '' } })));
    expect(words.current_fields).toMatchObject({ changed_by: 'Erik', description: 'Erik’s words' });
    const both = { name: 'x', description: 'x', expected: asRead() };
    expect((await problemOf(await send(edit(both)))).current_fields).toMatchObject({ changed_by: 'Dana' });
  });

  test('names the user who renamed the avatar with a new version, or created it', async () => {
    const fields = { lineage_uuid: first.lineage_uuid, name: 'With version 3' };
    await server.client(erik.token).mustUpload(project.uuid, { bytes: bundle, fields });
    const renamed = await problemOf(await send(edit({ name: 'x', expected: { name: second.name } })));
    expect(renamed.current_fields).toMatchObject({ changed_by: 'Erik', name: 'With version 3' });
    const never = await problemOf(await send(edit({ description: 'x', expected: { description: 'never' } })));
    expect(never.current_fields).toMatchObject({ changed_by: 'Dana', changed_at: second.created_at });
  });

  test('must contain a change', async () => {
    const problem = await problemOf(await send(edit({ expected: { name: 'x' } })));
    expect(problem).toMatchObject({ status: 400, code: 'invalid_request' });
  });
});

describe('an operation that would change nothing', () => {
  test('succeeds for the active version whatever was expected, also for none', async () => {
    const counts = await written();
    const answer = await send(activate(first.uuid, second.uuid));
    expect([answer.status, (await answer.json()).active_avatar_uuid]).toEqual([200, first.uuid]);
    expect(await written()).toEqual(counts);
    await send(activate(null, first.uuid));
    expect((await send(activate(null, second.uuid))).status).toBe(200);
  });

  test('succeeds for trashing and restoring without a write', async () => {
    await send(trash());
    const counts = await written();
    expect(await (await send(trash())).json()).toEqual({ deleted_avatar_uuids: [], was_active_uuid: null });
    expect((await send(restore(first.uuid))).status).toBe(200);
    expect(await written()).toEqual(counts);
  });
});
