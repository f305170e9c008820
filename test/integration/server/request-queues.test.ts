import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { QUEUE_LIMITS, type QueueName, queuePlaceOf } from '../../../server/queues/request-queues.ts';
import { problemOf } from '../../support/api-client.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { documentBundle, freshBytes } from '../../support/document-bundles.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { SessionUploader } from '../../support/session-uploader.ts';

// The queues of requests over HTTP; their order is tested in `fair-queue.test.ts`.

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const CHANGES = '/api/customer/changes?since=0';
const clientOf = (name: 'dana' | 'bo') => server.client(server.people[name].token);
const loadOf = (name: QueueName) => server.app.context.queues[name].load;

/** Takes every place that Dana may have in a queue. Returns a function that gives them back. */
async function occupy(name: QueueName): Promise<() => void> {
  const memberships = [{ customer: server.customers.aurora.id, role: 'designer', project: null } as const];
  const place = queuePlaceOf({ userId: server.people.dana.id, isAdmin: false, memberships });
  const leaves: (() => void)[] = [];
  for (let taken = 0; taken < QUEUE_LIMITS[name].perUser; taken += 1) {
    const entered = await server.app.context.queues[name].enter(place, null);
    if (!entered.ok) throw new Error(entered.failure.code);
    leaves.push(entered.value);
  }
  return () => {
    for (const leave of leaves) leave();
  };
}

/** Like `ApiClient.send`, for a client that may go away. */
function sendAs(name: 'dana' | 'bo', path: string, { method = 'GET', signal }: RequestInit): Promise<Response> {
  const authorization = `Bearer ${server.people[name].token}`;
  return fetch(`${server.url}${path}`, { method, headers: { authorization }, ...(signal && { signal }) });
}

describe('a request whose turn has not come', () => {
  test('waits, and nobody else waits for it', async () => {
    const leave = await occupy('feed');
    const waiting = clientOf('dana').get(CHANGES);
    await expect.poll(() => loadOf('feed').waiting).toBe(1);
    expect((await clientOf('bo').get(CHANGES)).status).toBe(200);
    expect(loadOf('feed').waiting).toBe(1);
    leave();
    expect((await waiting).status).toBe(200);
  });

  test('leaves the queue when its client goes away', async () => {
    const leave = await occupy('feed');
    const client = new AbortController();
    const sending = sendAs('dana', CHANGES, { signal: client.signal });
    await expect.poll(() => loadOf('feed').waiting).toBe(1);
    client.abort();
    await expect(sending).rejects.toThrow();
    await expect.poll(() => loadOf('feed').waiting).toBe(0);
    leave();
  });

  test('is refused with the time to wait if too many of the user wait already', async () => {
    const leave = await occupy('feed');
    const { waitingPerUser } = QUEUE_LIMITS.feed;
    const sent = Array.from({ length: waitingPerUser + 1 }, () => clientOf('dana').get(CHANGES));
    const refused = await Promise.race(sent);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await problemOf(refused)).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect((await clientOf('bo').get(CHANGES)).status).toBe(200);
    leave();
    const statuses = (await Promise.all(sent)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(waitingPerUser);
  });
});

test('a completion continues for a second request when the client of the first one goes away', async () => {
  const upload = new SessionUploader(clientOf('dana'), {
    projectUuid: server.projects.desk.uuid,
    file: documentBundle([freshBytes(2000)]),
  });
  const plan = await upload.open();
  if (plan.kind !== 'pieces') throw new Error(plan.kind);
  await upload.send(await upload.stream(plan), 0);
  const leave = await occupy('checks');
  const client = new AbortController();
  const path = `/api/customer/uploads/${upload.uuid}/complete`;
  const first = sendAs('dana', path, { method: 'POST', signal: client.signal });
  await expect.poll(() => loadOf('checks').waiting).toBe(1);
  const second = upload.complete();
  client.abort();
  await expect(first).rejects.toThrow();
  leave();
  expect(await (await second).json()).toMatchObject({ version: 1 });
});

test('every place is free again after uploads, downloads and failures', async () => {
  const dana = clientOf('dana');
  const { uuid } = await dana.mustUpload(server.projects.desk.uuid, { bytes: buildBundle() });
  const path = `/api/customer/avatars/${uuid}/download`;
  const whole = await dana.get(path);
  await whole.arrayBuffer();
  const again = await dana.get(path, { 'if-none-match': whole.headers.get('etag') ?? '' });
  const range = await dana.get(path, { range: 'bytes=999999999-' });
  const missing = await dana.get(path.replace(uuid, server.projects.desk.uuid));
  const refused = await dana.upload(server.projects.desk.uuid, { bytes: Buffer.alloc(10), fileName: 'a.txt' });
  expect([again, range, missing, refused].map(({ status }) => status)).toEqual([304, 416, 404, 422]);
  for (const name of Object.keys(QUEUE_LIMITS) as QueueName[]) {
    await expect.poll(() => loadOf(name)).toEqual({ running: 0, waiting: 0 });
  }
});
