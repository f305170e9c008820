import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { fail } from '../../../shared/lib/result.ts';
import { type LoopbackFixture, startLoopbackFixture } from '../../support/shells/loopback-fixture.ts';

const PROJECT = '00000000-0000-4000-8000-000000000001';

let shell: LoopbackFixture;
let headers: Record<string, string>;
beforeEach(async () => {
  shell = await startLoopbackFixture();
  headers = { cookie: await shell.enter(), origin: shell.origin };
});
afterEach(() => shell.close());

interface Announcement {
  readonly name?: string;
  readonly size: number | string;
  readonly project?: string;
}

function stagePath({ name = 'mara.gab', size, project = PROJECT }: Announcement): string {
  return `/stage?${new URLSearchParams({ project, name, size: String(size) })}`;
}

function put(announcement: Announcement, body?: Uint8Array | string) {
  return shell.visit({
    method: 'PUT',
    path: stagePath(announcement),
    headers,
    ...(body === undefined ? {} : { body }),
  });
}

const leftOver = () => readdir(shell.application.receivedFilesDir);

describe('a dropped file', () => {
  test('is written to the application’s folder and passed on under its own name', async () => {
    const body = Buffer.alloc(3_000_000, 'gab');
    expect((await put({ name: 'Zoë "白い".gab', size: body.length }, body)).status).toBe(204);
    const [call] = shell.application.staged;
    expect(call?.projectUuid).toBe(PROJECT);
    expect(call?.files[0]).toMatchObject({ fileName: 'Zoë "白い".gab', sizeBytes: body.length, isTemporary: true });
    expect(call?.contents[0]?.equals(body)).toBe(true);
    expect(call?.files[0]?.path).toContain(shell.application.receivedFilesDir);
  });

  test('that is empty is accepted', async () => {
    expect((await put({ size: 0 })).status).toBe(204);
    expect(shell.application.staged[0]?.contents[0]?.length).toBe(0);
  });

  test('announced above the size limit is passed on without its bytes', async () => {
    expect((await put({ size: MAX_BUNDLE_BYTES + 1 })).status).toBe(204);
    expect(shell.application.staged[0]?.files).toEqual([
      { path: null, fileName: 'mara.gab', sizeBytes: MAX_BUNDLE_BYTES + 1, isTemporary: true },
    ]);
    expect(await leftOver()).toEqual([]);
  });

  test('of exactly the size limit is accepted', async () => {
    expect((await put({ size: MAX_BUNDLE_BYTES }, Buffer.alloc(MAX_BUNDLE_BYTES))).status).toBe(204);
    expect(shell.application.staged[0]?.files[0]?.path).not.toBeNull();
  });

  test('longer than announced is refused and leaves no file', async () => {
    expect((await put({ size: 10 }, Buffer.alloc(2_000_000))).status).toBe(413);
    expect(await leftOver()).toEqual([]);
    expect(shell.application.staged).toEqual([]);
  });

  test('shorter than announced is refused and leaves no file', async () => {
    const answer = await put({ size: 10 }, 'abc');
    expect(answer.status).toBe(400);
    expect(answer.body.toString()).toBe('Received 3 of the announced 10 bytes.');
    expect(await leftOver()).toEqual([]);
  });

  test('whose sender disconnects leaves no file', async () => {
    const socket = connect(shell.server.port, '127.0.0.1');
    const head = [
      `PUT ${stagePath({ size: 1000 })} HTTP/1.1`,
      `Host: 127.0.0.1:${shell.server.port}`,
      'Content-Length: 1000',
    ];
    for (const [name, value] of Object.entries(headers)) head.push(`${name}: ${value}`);
    socket.write(`${head.join('\r\n')}\r\n\r\nonly this`);
    await expect.poll(leftOver).toHaveLength(1);
    socket.destroy();
    await expect.poll(leftOver).toEqual([]);
    expect(shell.application.staged).toEqual([]);
  });

  test('while nobody is signed in is refused with that failure, and leaves no file', async () => {
    shell.application.stageFiles = async () => fail({ code: 'signed_out' });
    const answer = await put({ size: 3 }, 'abc');
    expect(answer.status).toBe(409);
    expect(JSON.parse(answer.body.toString())).toEqual({ code: 'signed_out' });
    expect(await leftOver()).toEqual([]);
  });

  test('that the application refuses leaves no file', async () => {
    shell.application.stageFiles = () => Promise.reject(new Error('no such project'));
    expect((await put({ size: 3 }, 'abc')).status).toBe(500);
    expect(await leftOver()).toEqual([]);
  });

  test.each<Announcement>([
    { size: 'NaN' },
    { size: '-1' },
    { size: '1e3' },
    { size: '9'.repeat(16) },
    { size: 1, name: '' },
    { size: 1, name: 'x'.repeat(1025) },
    { size: 1, project: 'not-a-project' },
  ])('announced as %o is refused', async (announcement) => {
    expect((await put(announcement, 'a')).status).toBe(400);
    expect(shell.application.staged).toEqual([]);
  });

  test('with a path as its name is never written to that path', async () => {
    expect((await put({ name: '../../../etc/passwd', size: 1 }, 'a')).status).toBe(204);
    expect(shell.application.staged[0]?.files[0]?.path).not.toContain('passwd');
  });
});
