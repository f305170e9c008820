import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExportFile, ExportProgress } from '../../../../node/exports/export-file.ts';
import { writeExportFolder } from '../../../../node/exports/write-folder.ts';
import { sha256Hex } from '../../../../node/sha256.ts';
import { AT, memoryFile, sampleFiles, streamedFile } from '../../../support/exports/export-files.ts';
import { noise } from '../../../support/sample-assets.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

async function expectContent(target: string, files: readonly ExportFile[]): Promise<void> {
  const all = await readdir(target, { recursive: true, withFileTypes: true });
  const found = all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(found.toSorted()).toEqual(files.map(({ path }) => join(target, path)).toSorted());
  for (const { path, sha256 } of files) expect(sha256Hex(await readFile(join(target, path)))).toBe(sha256);
}

describe('an export as a folder', () => {
  it('has every file with its content and time', async () => {
    const files = await sampleFiles(await tempFolder());
    const target = join(await tempFolder(), 'new', 'export');
    expect(await writeExportFolder({ files, target })).toMatchObject({ files: 6, keptFiles: 0 });
    await expectContent(target, files);
    expect((await stat(join(target, 'README.txt'))).mtime).toEqual(AT);
  });

  it('continues after it was canceled, and keeps what is complete', async () => {
    const files = Array.from({ length: 8 }, (_, index) => streamedFile(`f${index}`, noise(1_500_000, index)));
    const target = await tempFolder();
    const cancel = new AbortController();
    const onProgress = ({ doneFiles }: ExportProgress) => {
      if (doneFiles === 3) cancel.abort();
    };
    await expect(writeExportFolder({ files, target, signal: cancel.signal, onProgress })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect((await readdir(target)).every((name) => /^f\d$/.test(name))).toBe(true);
    const opened: string[] = [];
    const watched = files.map((file) => ({
      ...file,
      content: {
        open: (signal: AbortSignal) => {
          opened.push(file.path);
          return 'open' in file.content ? file.content.open(signal) : [];
        },
      },
    })) as ExportFile[];
    const { keptFiles } = await writeExportFolder({ files: watched, target });
    expect(keptFiles).toBeGreaterThanOrEqual(3);
    expect(opened).toHaveLength(files.length - keptFiles);
    await expectContent(target, files);
  });

  it('replaces what has the right size but another content, and what a killed process left', async () => {
    const files = [memoryFile('a.txt', 'right'), memoryFile('b.txt', 'right')];
    const target = await tempFolder();
    const left = `gabinet-${sha256Hex('b.txt').slice(0, 16)}.part`;
    await writeFile(join(target, 'a.txt'), 'wrong');
    await writeFile(join(target, left), 'half');
    await utimes(join(target, 'a.txt'), AT, AT);
    expect(await writeExportFolder({ files, target })).toMatchObject({ keptFiles: 0 });
    await expectContent(target, files);
    expect(await writeExportFolder({ files, target })).toMatchObject({ keptFiles: 2 });
  });

  it('leaves other files of the folder alone', async () => {
    const target = await tempFolder();
    await writeFile(join(target, 'mine.txt'), 'mine');
    await writeExportFolder({ files: [memoryFile('a.txt', 'a')], target });
    expect(await readFile(join(target, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it.each([
    ['size', { sizeBytes: 99 }],
    ['content', { sha256: 'a'.repeat(64) }],
  ])('rejects with the fault %s if a file is not what was announced', async (fault, wrong) => {
    const files = [{ ...streamedFile('a.gab', noise(100)), ...wrong }];
    const target = await tempFolder();
    await expect(writeExportFolder({ files, target })).rejects.toMatchObject({ fault, path: 'a.gab' });
  });
});
