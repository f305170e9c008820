import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createFileWorkers } from '../../../../main/files/file-workers.ts';
import { sniffImageType } from '../../../../main/files/image-type.ts';
import { sha256Hex } from '../../../../node/sha256.ts';
import { MAX_BUNDLE_BYTES } from '../../../../shared/domain/limits.ts';
import { scaledRuns } from '../../../support/property-runs.ts';
import { realFileWorkers } from '../../../support/real-file-workers.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const INSPECT_WORKER = new URL('../../../../main/files/file-worker.ts', import.meta.url);
const fileWorkers = realFileWorkers();
afterAll(() => fileWorkers.close());

const fixture = (name: string) => fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));
const signal = new AbortController().signal;

async function inspect(path: string, fileName = 'file.gab') {
  const thumbnailPath = join(await tempFolder(), 'picture');
  const answer = await fileWorkers.inspect({ path, fileName, policy: 'lenient', thumbnailPath }, signal);
  return { answer, thumbnailPath };
}

describe('the file workers', () => {
  it('inspect a bundle completely and extract its picture', async () => {
    const path = fixture('gab/minimal.gab');
    const { answer, thumbnailPath } = await inspect(path);
    if (!answer.ok) throw new Error(answer.failure.code);
    const bytes = await readFile(path);
    expect(answer.value).toMatchObject({
      sizeBytes: bytes.byteLength,
      sha256: sha256Hex(bytes),
      report: { container: 'gab', activatable: true, manifest: { name: 'Minimal' } },
      thumbnailType: 'image/webp',
    });
    expect(sniffImageType(await readFile(thumbnailPath))).toBe('image/webp');
  });

  it('report faults of a bundle as findings, not as a failure', async () => {
    const { answer } = await inspect(fixture('hostile/crc-wrong.gab'));
    expect(answer).toMatchObject({ ok: true, value: { report: { verdict: 'invalid' } } });
  });

  it('returns failures for a missing file and a folder', async () => {
    const folder = await tempFolder();
    expect((await inspect(join(folder, 'gone.gab'))).answer).toMatchObject({
      ok: false,
      failure: { code: 'file_gone' },
    });
    await mkdir(join(folder, 'folder.gab'));
    expect((await inspect(join(folder, 'folder.gab'))).answer).toMatchObject({
      ok: false,
      failure: { code: 'not_a_file' },
    });
  });

  it('stop reading a file that turns out to be too large', async () => {
    const path = join(await tempFolder(), 'huge.gab');
    await writeFile(path, '');
    await truncate(path, 4 * MAX_BUNDLE_BYTES);
    const { answer } = await inspect(path);
    expect(answer).toMatchObject({ ok: true, value: { report: { issues: [{ code: 'GAB_E_FILE_TOO_LARGE' }] } } });
    if (answer.ok) expect(answer.value.sizeBytes).toBeLessThan(MAX_BUNDLE_BYTES * 1.1);
  });

  it('copy a file exactly and return the size and hash of the copy', async () => {
    const to = join(await tempFolder(), 'copy.gab');
    const from = fixture('gab/minimal.gab');
    const bytes = await readFile(from);
    const sha256 = sha256Hex(bytes);
    expect(await fileWorkers.copy({ from, to })).toEqual({ ok: true, value: { sizeBytes: bytes.byteLength, sha256 } });
    expect(await readFile(to)).toEqual(bytes);
  });

  it('can be stopped while tasks are queued', async () => {
    const task = { path: fixture('gab/minimal.gab'), fileName: 'a.gab', policy: 'lenient', thumbnailPath: '' } as const;
    await expect(fileWorkers.inspect(task, AbortSignal.abort())).rejects.toThrow();
  });
});

/** The nightly run tries all of them. */
const ROUNDS = scaledRuns(40);

it('can be ended during a task without an uncaught error', async () => {
  const path = join(await tempFolder(), 'file.gab');
  await writeFile(path, Buffer.alloc(200_000));
  // A result that arrives after the end is reported here, which happened in one of thirty rounds.
  const onFault = (error: Error) => expect(error.message).toContain('Unexpected message');
  for (let round = 0; round < ROUNDS; round += 1) {
    const ending = createFileWorkers(INSPECT_WORKER, onFault);
    await ending.measure({ path });
    const works = [1, 2, 3].map(() => ending.measure({ path }));
    if (round % 2 === 0) await new Promise(setImmediate);
    await Promise.all([ending.close(), Promise.allSettled(works)]);
  }
});
