import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, asyncProperty, boolean, integer, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { writeExportZip } from '../../../node/exports/write-zip.ts';
import { openZipTree } from '../../../node/exports/zip-tree.ts';
import { memoryFile, streamedFile } from '../../support/exports/export-files.ts';
import { propertyRuns, testSeed } from '../../support/property-runs.ts';
import { noise } from '../../support/sample-assets.ts';

const file = record({
  name: string({ unit: 'grapheme', maxLength: 30 }).map((name) => name.toWellFormed().replaceAll('\0', '')),
  sizeBytes: integer({ min: 0, max: 300_000 }),
  pieceBytes: integer({ min: 1000, max: 400_000 }),
  isStreamed: boolean(),
});

test(`a ZIP gives back every file that was written to it, seed ${testSeed}`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gabinet-export-'));
  const target = join(folder, 'export.zip');
  try {
    await assert(
      asyncProperty(array(file, { maxLength: 30 }), async (drafts) => {
        const files = drafts.map(({ name, sizeBytes, pieceBytes, isStreamed }, index) => {
          const path = `${index}/${name}x`;
          return isStreamed ? streamedFile(path, noise(sizeBytes, index), pieceBytes) : memoryFile(path, name);
        });
        await writeExportZip({ files, target });
        const handle = await open(target);
        try {
          const tree = await openZipTree(handle);
          expect(tree?.files.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual(
            files.map(({ path, sizeBytes }) => [path, sizeBytes]),
          );
          for (const [index, found] of (tree?.files ?? []).entries())
            expect(await tree?.sha256Of(found)).toBe(files[index]?.sha256);
        } finally {
          await handle.close();
        }
      }),
      propertyRuns(200),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
