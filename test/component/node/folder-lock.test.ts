import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { shareFolder, takeFolder } from '../../../node/folder-lock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const CHILD = fileURLToPath(new URL('../../support/node/lock-child.ts', import.meta.url));
/** Enough for the line to reach every child before the moment that it names. */
const AHEAD_MS = 20;

interface Contender {
  readonly child: ChildProcess;
  /** Whether it got the folder. */
  tries(folder: string, atMs?: number): Promise<boolean>;
  kill(): Promise<void>;
}

const contenders: Contender[] = [];
afterAll(() => Promise.all(contenders.map((one) => one.kill())));

/** The processes of this file; starting one takes long. Each keeps what it has taken. */
function contendersOf(count: number): readonly Contender[] {
  while (contenders.length < count) contenders.push(startContender());
  return contenders.slice(0, count);
}

function startContender(): Contender {
  const child = spawn(process.execPath, [CHILD], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    tries: async (folder, atMs = 0) => {
      child.stdin.write(`${folder} ${atMs}\n`);
      return (await answers.next()).value === 'true';
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** As an owner leaves it that was killed. */
async function folderWithStaleLock(): Promise<string> {
  const folder = await tempFolder();
  const lock = await takeFolder(folder);
  if (lock.ok) await lock.release();
  await writeFile(join(folder, 'in-use-by'), '{"pid":999999999}');
  return folder;
}

test('a folder has one owner, who is named, and is free again after its release', async () => {
  const folder = await tempFolder();
  const lock = await takeFolder(folder);
  expect(JSON.parse(await readFile(join(folder, 'in-use-by'), 'utf8'))).toEqual({ pid: process.pid });
  expect(await takeFolder(folder)).toEqual({ ok: false, ownerProcessId: process.pid });
  if (lock.ok) await lock.release();
  expect(await readdir(folder)).toEqual(['owner.lock', 'sharers.lock']);
  expect((await stat(join(folder, 'owner.lock'))).mode & 0o777).toBe(0o600);
  const again = await takeFolder(folder);
  expect(again.ok).toBe(true);
  if (again.ok) await again.release();
});

test('of several processes that race for a stale lock exactly one becomes the owner, each time', async () => {
  const racers = contendersOf(4);
  const warmUp = await tempFolder();
  await Promise.all(racers.map((racer) => racer.tries(warmUp)));
  for (let race = 0; race < 16; race += 1) {
    const folder = await folderWithStaleLock();
    const atMs = Date.now() + AHEAD_MS;
    const got = await Promise.all(racers.map((racer) => racer.tries(folder, atMs)));
    expect(got.filter(Boolean), `race ${race}`).toHaveLength(1);
  }
});

test('a clock that was set forward or back does not hand over the folder of a living owner', async () => {
  const folder = await tempFolder();
  const [owner] = contendersOf(1);
  expect(await owner?.tries(folder)).toBe(true);
  for (const time of [1, new Date('2099-01-01')]) {
    for (const name of await readdir(folder)) await utimes(join(folder, name), time, time);
    expect(await takeFolder(folder)).toEqual({ ok: false, ownerProcessId: owner?.child.pid });
  }
});

test('killing the owner frees the folder at once, and leaves nothing that has to be cleaned up', async () => {
  const folder = await tempFolder();
  const owner = startContender();
  expect(await owner.tries(folder)).toBe(true);
  await owner.kill();
  expect((await stat(join(folder, 'owner.lock'))).size).toBe(0);
  const lock = await takeFolder(folder);
  expect(lock.ok).toBe(true);
  if (lock.ok) await lock.release();
});

test('any number of processes share a folder, but none of them with an owner', async () => {
  const folder = await tempFolder();
  const owner = await takeFolder(folder);
  expect(await shareFolder(folder)).toEqual({ ok: false, ownerProcessId: process.pid });
  if (owner.ok) await owner.release();
  const [other] = contendersOf(1);
  const shares = [await shareFolder(folder), await shareFolder(folder)];
  expect(shares.map(({ ok }) => ok)).toEqual([true, true]);
  expect(await other?.tries(folder)).toBe(false);
  for (const share of shares) {
    expect(await takeFolder(folder)).toEqual({ ok: false, ownerProcessId: null });
    if (share.ok) await share.release();
  }
  expect(await other?.tries(folder)).toBe(true);
});

test('the note of an earlier owner accuses nobody', async () => {
  const folder = await folderWithStaleLock();
  const share = await shareFolder(folder);
  expect(await takeFolder(folder)).toEqual({ ok: false, ownerProcessId: null });
  if (share.ok) await share.release();
});

test('a folder that does not exist rejects', async () => {
  await expect(takeFolder(join(await tempFolder(), 'none'))).rejects.toThrow('ENOENT');
});

test('a lock file that a failing disk has damaged locks as before', async () => {
  const folder = await tempFolder();
  for (const name of ['owner.lock', 'sharers.lock']) await writeFile(join(folder, name), 'damaged'.repeat(1000));
  const first = await takeFolder(folder);
  expect(first.ok).toBe(true);
  expect(await takeFolder(folder)).toMatchObject({ ok: false, ownerProcessId: process.pid });
  if (first.ok) await first.release();
});
