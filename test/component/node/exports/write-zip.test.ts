import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExportFile, ExportProgress } from '../../../../node/exports/export-file.ts';
import { discardPartialZip } from '../../../../node/exports/partial-zip.ts';
import { writeExportZip } from '../../../../node/exports/write-zip.ts';
import { localFile, memoryFile, sampleFiles, streamedFile } from '../../../support/exports/export-files.ts';
import { listWithPython, openWithTools } from '../../../support/exports/zip-tools.ts';
import { noise } from '../../../support/sample-assets.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

async function places() {
  const folder = await tempFolder();
  const out = await tempFolder();
  return { folder, out, target: join(out, 'export.zip') };
}

describe('an export as a ZIP', () => {
  it('is read by other tools, with UTF-8 names and without data descriptors', async () => {
    const { folder, out, target } = await places();
    const files = await sampleFiles(folder);
    const written = await writeExportZip({ files, target });
    expect(written).toMatchObject({ files: files.length, keptFiles: 0 });
    expect(await readdir(out)).toEqual(['export.zip']);
    const tools = await openWithTools(target);
    const listing = await listWithPython(target, 'test');
    if (tools.length < 3 || !listing) process.stderr.write(`only ${tools.join(', ')} could read the ZIP here\n`);
    if (listing) {
      expect(listing).toMatchObject({ bad: null, flags: [0x800], names: files.map(({ path }) => path) });
      expect(listing.sizes).toEqual(files.map(({ sizeBytes }) => sizeBytes));
    }
  });

  it('has the same bytes every time, whether the checksums were certain before or not', async () => {
    const { folder, out, target } = await places();
    const bytes = noise(2_000_000, 5);
    const streamed = streamedFile('a.gab', bytes);
    const local = await localFile(folder, 'a.gab', bytes);
    await writeExportZip({ files: [streamed, memoryFile('b', 'b')], target });
    await writeExportZip({ files: [local, memoryFile('b', 'b')], target: join(out, 'other.zip') });
    expect((await readFile(target)).equals(await readFile(join(out, 'other.zip')))).toBe(true);
  });

  it('reports its progress: everything is written, flushed and checked', async () => {
    const { folder, target } = await places();
    const files = await sampleFiles(folder);
    const reports: ExportProgress[] = [];
    await writeExportZip({ files, target, onProgress: (progress) => reports.push(progress) });
    const last = (phase: string) => reports.findLast((report) => report.phase === phase);
    const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const all = { doneBytes: totalBytes, totalBytes, doneFiles: files.length, totalFiles: files.length };
    expect(last('writing')).toMatchObject(all);
    expect(last('flushing')).toBeDefined();
    expect(last('checking')).toMatchObject(all);
  });

  it.each<readonly [string, Partial<ExportFile>, string]>([
    ['is longer', { sizeBytes: 99_999 }, 'size'],
    ['is shorter', { sizeBytes: 100_001 }, 'size'],
    ['has another hash', { sha256: 'a'.repeat(64) }, 'content'],
    ['has another checksum', { crc32: 7 }, 'content'],
  ])('is not written if a file %s than announced, and the old one stays', async (_, wrong, fault) => {
    const { folder, out, target } = await places();
    await writeFile(target, 'old');
    const bytes = noise(100_000, 6);
    for (const good of [await localFile(folder, 'a.gab', bytes), streamedFile('a.gab', bytes)]) {
      const files = [memoryFile('b', 'b'), { ...good, ...wrong }, memoryFile('c', 'c')];
      await expect(writeExportZip({ files, target })).rejects.toMatchObject({ fault, path: 'a.gab' });
    }
    expect(await readdir(out)).toEqual(['export.zip']);
    expect(await readFile(target, 'utf8')).toBe('old');
  });

  it('is not written if two files have one path', async () => {
    const { out, target } = await places();
    const files = [memoryFile('a', '1'), memoryFile('a', '2')];
    await expect(writeExportZip({ files, target })).rejects.toMatchObject({ fault: 'repeated', path: 'a' });
    expect(await readdir(out)).toEqual([]);
  });

  it('can be canceled while writing and while checking, and leaves nothing', async () => {
    const { folder, out, target } = await places();
    const files = await sampleFiles(folder);
    for (const phase of ['writing', 'flushing', 'checking']) {
      const cancel = new AbortController();
      const onProgress = (progress: ExportProgress) => {
        if (progress.phase === phase && (phase === 'flushing' || progress.doneBytes > 2_000_000)) cancel.abort();
      };
      const writing = writeExportZip({ files, target, signal: cancel.signal, onProgress });
      await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
      expect(await readdir(out)).toEqual([]);
    }
  });

  it('that is resumable continues after an error with the files that are missing', async () => {
    const { out, target } = await places();
    const files = Array.from({ length: 8 }, (_, index) => streamedFile(`f${index}`, noise(1_500_000, index)));
    const opened: string[] = [];
    const watched = (isBroken: boolean) =>
      files.map((file, index): ExportFile => {
        const open = (signal: AbortSignal) => {
          opened.push(file.path);
          if (isBroken && index === 5) throw new Error('the connection was lost');
          return 'open' in file.content ? file.content.open(signal) : Promise.reject(new Error('no stream'));
        };
        return { ...file, content: { open } };
      });
    const options = { target, isResumable: true };
    await expect(writeExportZip({ ...options, files: watched(true) })).rejects.toThrow('the connection was lost');
    expect(await readdir(out)).toEqual([expect.stringMatching(/^gabinet-[0-9a-f]{32}\.part$/)]);
    opened.length = 0;
    const { keptFiles } = await writeExportZip({ ...options, files: watched(false) });
    expect(keptFiles).toBeGreaterThanOrEqual(4);
    expect(opened).toHaveLength(files.length - keptFiles);
    expect(await readdir(out)).toEqual(['export.zip']);
    const once = join(out, 'once.zip');
    await writeExportZip({ files, target: once });
    expect((await readFile(target)).equals(await readFile(once))).toBe(true);
  });

  it('that is resumable can be given up', async () => {
    const { out, target } = await places();
    const files = [{ ...streamedFile('a', noise(10)), sizeBytes: 11 }];
    await expect(writeExportZip({ files, target, isResumable: true })).rejects.toMatchObject({ fault: 'size' });
    await discardPartialZip({ files, target });
    expect(await readdir(out)).toEqual([]);
  });

  it('stops the other streams when one fails', async () => {
    const { target } = await places();
    let isStopped = false;
    const endless: ExportFile = {
      ...streamedFile('endless', noise(10)),
      sizeBytes: 10_000_000_000,
      content: {
        open: async function* (signal) {
          const block = new Uint8Array(1000);
          while (!signal.aborted) yield await Promise.resolve(block);
          isStopped = true;
          signal.throwIfAborted();
        },
      },
    };
    const failing: ExportFile = {
      ...streamedFile('failing', noise(10)),
      content: { open: () => Promise.reject(new Error('the connection was lost')) },
    };
    await expect(writeExportZip({ files: [endless, failing], target })).rejects.toThrow('the connection was lost');
    expect(isStopped).toBe(true);
  });

  it('may be empty', async () => {
    const { target } = await places();
    await writeExportZip({ files: [], target });
    expect((await readFile(target)).byteLength).toBe(22);
  });
});
