import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeLockFile } from '../../../node/lock-file.ts';
import { processStart } from '../../../node/process-probe.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Another living process: the one that runs these tests. */
const OTHER = process.ppid;

async function lockPath(content?: string): Promise<string> {
  const path = join(await tempFolder(), 'lock');
  if (content !== undefined) await writeFile(path, content);
  return path;
}

test('a lock names its owner, is refused to a second one, and is free again after its release', async () => {
  const path = await lockPath();
  const lock = await takeLockFile(path);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ pid: process.pid, started: processStart(process.pid) });
  expect(await takeLockFile(path)).toEqual({ ok: false, ownerProcessId: process.pid });
  if (lock.ok) await lock.release();
  await expect(readFile(path)).rejects.toThrow('ENOENT');
});

test.each([
  ['of today', JSON.stringify({ pid: OTHER, started: processStart(OTHER) })],
  ['of a system that does not tell when a process started', JSON.stringify({ pid: OTHER, started: null })],
  ['of an earlier version', String(OTHER)],
])('a lock %s that a running process holds is refused', async (_, content) => {
  expect(await takeLockFile(await lockPath(content))).toEqual({ ok: false, ownerProcessId: OTHER });
});

test.each(['999999999', 'nonsense', '-5', '', '{"pid":999999999,"started":null}', 'null'])(
  'a lock left behind as %j is taken over',
  async (content) => {
    expect((await takeLockFile(await lockPath(content))).ok).toBe(true);
  },
);

test.skipIf(process.platform !== 'linux').each([OTHER, process.pid])(
  'a lock whose process number now belongs to another process is taken over (%i)',
  async (pid) => {
    expect((await takeLockFile(await lockPath(JSON.stringify({ pid, started: '1' })))).ok).toBe(true);
  },
);

test('a lock from before the machine started is taken over if it does not say when its process started', async () => {
  const path = await lockPath(String(OTHER));
  await utimes(path, 1, 1);
  expect((await takeLockFile(path)).ok).toBe(true);
});

test('a lock in a folder that does not exist rejects', async () => {
  await expect(takeLockFile(join(await tempFolder(), 'none', 'lock'))).rejects.toThrow('ENOENT');
});
