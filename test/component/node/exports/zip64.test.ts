import { execFile } from 'node:child_process';
import { open, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { writeAt } from '../../../../node/exports/block-writer.ts';
import type { ExportFile } from '../../../../node/exports/export-file.ts';
import { writeExportZip } from '../../../../node/exports/write-zip.ts';
import { directoryBlocks } from '../../../../node/exports/zip-directory.ts';
import { headerOf, layOutZip, placeFiles } from '../../../../node/exports/zip-layout.ts';
import { openZipTree } from '../../../../node/exports/zip-tree.ts';
import { withFile } from '../../../../node/open-file.ts';
import { sha256Hex } from '../../../../node/sha256.ts';
import { AT, memoryFile } from '../../../support/exports/export-files.ts';
import { isHere, listWithPython, openWithTools } from '../../../support/exports/zip-tools.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const GIB = 1024 ** 3;
const isLong = process.env.LARGE_FILES === '1';
const run = promisify(execFile);

/** The headers of a ZIP with holes of zeros for the content of large files: nothing is copied. */
async function writeSparse(files: readonly ExportFile[], target: string): Promise<void> {
  const layout = layOutZip(files);
  const crcs = new Uint32Array(files.length);
  const handle = await open(target, 'wx');
  try {
    await handle.truncate(layout.sizeBytes);
    for (const placed of placeFiles(files)) {
      const { file, index, offset, dataOffset } = placed;
      crcs[index] = file.crc32 ?? 0;
      await writeAt(handle, headerOf(placed, file.crc32 ?? 0), offset);
      if ('bytes' in file.content) await writeAt(handle, file.content.bytes, dataOffset);
    }
    let at = layout.directory.offset;
    for (const block of directoryBlocks({ files, layout, crcs })) {
      await writeAt(handle, block, at);
      at += block.byteLength;
    }
  } finally {
    await handle.close();
  }
}

function largeFile(path: string, sizeBytes: number, localPath = ''): ExportFile {
  return { path, sizeBytes, sha256: '', modifiedAt: AT, content: { localPath } };
}

describe('ZIP64', () => {
  it('files of more than 4 GiB, and behind 4 GiB, are found by other tools', async () => {
    const folder = await tempFolder();
    const target = join(folder, 'large.zip');
    const exact = 0xffff_ffff;
    const files = [
      largeFile('just-below.bin', exact - 1),
      largeFile('exact.bin', exact),
      largeFile('large.bin', 5 * GIB),
      memoryFile('after.txt', 'found behind 14 GB'),
    ];
    await writeSparse(files, target);
    await withFile(target, async (handle) => {
      const tree = await openZipTree(handle);
      expect(tree?.files.map(({ sizeBytes }) => sizeBytes)).toEqual(files.map(({ sizeBytes }) => sizeBytes));
      const last = tree?.files.at(-1);
      expect(String(last && Buffer.from((await tree?.read(last, 100)) ?? []))).toBe('found behind 14 GB');
    });
    const after = ['after.txt'];
    for (const [name, args] of [
      ['unzip', ['-p', target, ...after]],
      ['7z', ['e', '-so', target, ...after]],
      ['bsdtar', ['-xOf', target, ...after]],
    ] as const)
      if (await isHere(name)) expect((await run(name, args)).stdout).toBe('found behind 14 GB');
    const listing = await listWithPython(target, 'list');
    if (listing) expect(listing.sizes).toEqual(files.map(({ sizeBytes }) => sizeBytes));
  });

  it.each(isLong ? [65_534, 65_535, 65_536] : [65_536])('%i entries are read by other tools', async (count) => {
    const target = join(await tempFolder(), 'many.zip');
    const empty = memoryFile('', '');
    const files = {
      *[Symbol.iterator]() {
        for (let index = 0; index < count; index += 1) yield { ...empty, path: `f/${index}` };
      },
    };
    await writeExportZip({ files, target, isChecked: isLong });
    await withFile(target, async (handle) => expect((await openZipTree(handle))?.files.length).toBe(count));
    if (await isHere('unzip')) {
      const { stdout } = await run('unzip', ['-Zh', target]);
      expect(stdout).toContain(`number of entries: ${count}\n`);
    }
    if (!isLong) return;
    await expect(openWithTools(target)).resolves.toBeDefined();
    const listing = await listWithPython(target, 'test');
    if (listing) expect(listing).toMatchObject({ bad: null, count });
  });

  it.runIf(isLong)(
    'more than 4 GiB is written, checked and unpacked by other tools',
    { timeout: 300_000 },
    async () => {
      const folder = await tempFolder();
      const source = join(folder, 'source');
      await writeFile(source, '');
      await truncate(source, Math.floor(4.1 * GIB));
      // SHA-256 of that many zeros, by sha256sum.
      const { stdout } = await run('sha256sum', [source]);
      const large = { ...largeFile('large.bin', Math.floor(4.1 * GIB), source), sha256: stdout.slice(0, 64) };
      const target = join(folder, 'large.zip');
      await writeExportZip({ files: [large, memoryFile('after.txt', sha256Hex('after'))], target });
      await expect(openWithTools(target)).resolves.toBeDefined();
      const listing = await listWithPython(target, 'test');
      if (listing) expect(listing).toMatchObject({ bad: null, count: 2 });
    },
  );
});
