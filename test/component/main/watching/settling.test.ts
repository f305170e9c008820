import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileFacts, hasValidEnd, isBundleName } from '../../../../main/watching/folder-watcher.ts';
import { type SettledFile, Settling } from '../../../../main/watching/settling.ts';
import { buildBundle } from '../../../support/bundle-builder.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

describe('settling', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A fake disk whose files the test controls. */
  function disk() {
    const files = new Map<string, FileFacts & { readonly isComplete: boolean }>();
    const complete: string[] = [];
    const stuck: string[] = [];
    let looking = 0;
    let mostAtOnce = 0;
    const settling = new Settling({
      stableMs: 2000,
      stuckMs: 10_000,
      look: async (path) => {
        looking += 1;
        mostAtOnce = Math.max(mostAtOnce, looking);
        await Promise.resolve();
        looking -= 1;
        const found = files.get(path);
        return found === undefined ? null : { sizeBytes: found.sizeBytes, modifiedAtMs: found.modifiedAtMs };
      },
      hasValidEnd: async (path) => files.get(path)?.isComplete === true,
      needsHandling: ({ path }: SettledFile) => !path.startsWith('done'),
      onComplete: ({ path, sizeBytes }) => complete.push(`${path} ${sizeBytes}`),
      onStuck: ({ path }) => stuck.push(path),
    });
    const write = (path: string, sizeBytes: number, isComplete = true) => {
      files.set(path, { sizeBytes, modifiedAtMs: performance.now(), isComplete });
      settling.changed(path);
    };
    return { files, complete, stuck, settling, write, mostAtOnce: () => mostAtOnce };
  }

  it('reports a file as complete once it was unchanged long enough', async () => {
    const { complete, write } = disk();
    for (let sizeBytes = 1; sizeBytes <= 5; sizeBytes += 1) {
      write('a', sizeBytes);
      await vi.advanceTimersByTimeAsync(1500);
    }
    expect(complete).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(complete).toEqual(['a 5']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(complete).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('reports an incomplete file once, and reports it as complete later', async () => {
    const { complete, stuck, write } = disk();
    write('a', 10, false);
    await vi.advanceTimersByTimeAsync(9000);
    expect(stuck).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stuck).toEqual(['a']);
    write('a', 20);
    await vi.advanceTimersByTimeAsync(5000);
    expect(complete).toEqual(['a 20']);
  });

  it('drops files that disappear or need no processing', async () => {
    const { complete, files, write } = disk();
    write('a', 1);
    write('done', 1);
    await vi.advanceTimersByTimeAsync(1000);
    files.delete('a');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(complete).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('checks a thousand files one after the other', async () => {
    const { complete, write, mostAtOnce } = disk();
    for (let index = 0; index < 1000; index += 1) write(`f${index}`, index);
    await vi.advanceTimersByTimeAsync(5000);
    expect(complete).toHaveLength(1000);
    expect(mostAtOnce()).toBe(1);
  });

  it('does nothing after it was stopped', async () => {
    const { complete, settling, write } = disk();
    write('a', 1);
    await vi.advanceTimersByTimeAsync(100);
    await settling.stop();
    write('b', 1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(complete).toEqual([]);
  });
});

describe('hasValidEnd', () => {
  it('recognizes whether a bundle is complete', async () => {
    const path = join(await tempFolder(), 'mara.gab');
    const bytes = buildBundle();
    for (const present of [0, 3, 100, bytes.byteLength - 30, bytes.byteLength - 1]) {
      await writeFile(path, bytes.subarray(0, present));
      expect([present, await hasValidEnd(path)]).toEqual([present, false]);
    }
    await writeFile(path, bytes);
    expect(await hasValidEnd(path)).toBe(true);
    // Made as large as it will be before it is written.
    await writeFile(path, Buffer.concat([bytes.subarray(0, 2000), Buffer.alloc(bytes.byteLength)]));
    expect(await hasValidEnd(path)).toBe(false);
    await writeFile(path, Buffer.alloc(bytes.byteLength));
    expect(await hasValidEnd(path)).toBe(false);
  });

  it('accepts any end of a file that is not a ZIP, but no empty file', async () => {
    const path = join(await tempFolder(), 'opaque.gab');
    expect(await hasValidEnd(path)).toBe(false);
    await appendFile(path, 'some tool’s own format');
    expect(await hasValidEnd(path)).toBe(true);
  });
});

describe('isBundleName', () => {
  it('accepts the names of finished bundles only', () => {
    const names = ['mara.gab', 'MARA.GAB', '.mara.gab', '~mara.gab', 'mara.gab.tmp', 'mara.zip', 'gab'];
    expect(names.filter(isBundleName)).toEqual(['mara.gab', 'MARA.GAB']);
  });
});
