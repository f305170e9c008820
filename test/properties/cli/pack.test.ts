import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleFolder, document } from '../../support/bundle-folder.ts';
import { propertyRuns, testSeed } from '../../support/property-runs.ts';
import { runCli } from '../../support/run-cli.ts';
import { noise } from '../../support/sample-assets.ts';

const segment = fc
  .stringMatching(/^[a-z0-9_][a-z0-9_.-]{0,9}[a-z0-9_]$/)
  .filter((text) => !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/.test(text));

const content = fc.oneof(
  fc.string({ maxLength: 400 }).map((text) => text.replaceAll('\0', '')),
  fc
    .tuple(fc.integer({ min: 1, max: 70_000 }), fc.nat())
    .map(([length, seed]) => noise(length, seed + 1).toString('hex')),
);

const safeKey = fc
  .stringMatching(/^[a-zA-Z][a-zA-Z0-9 äöü_-]{0,10}$/)
  .filter((key) => !['constructor', 'prototype'].includes(key));

const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -1.5, 1e21, 'text', '日本語', ''),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(safeKey, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const extensionName = fc.stringMatching(/^[a-z]{1,8}\.[a-z]{1,8}$/);

const trees = fc.record({
  files: fc.uniqueArray(fc.tuple(fc.array(segment, { minLength: 1, maxLength: 2 }), content), {
    selector: ([path]) => path[0]?.toLowerCase(),
    maxLength: 5,
  }),
  extensions: fc.dictionary(extensionName, anything, { maxKeys: 3, noNullPrototype: true }),
  unknown: fc.dictionary(
    safeKey.map((key) => `x${key}`),
    anything,
    { maxKeys: 3, noNullPrototype: true },
  ),
});

describe('pack, unpack, pack', () => {
  it(`gives the same bytes, and nothing is lost (seed ${testSeed})`, async () => {
    await fc.assert(
      fc.asyncProperty(trees, async ({ files, extensions, unknown }) => {
        const assets = files.map(([path, text], index) => ({
          ...document(`d${index}`, Buffer.from(text)),
          path: `docs/${path.join('/')}.txt`,
        }));
        const { root, folder, out } = await bundleFolder(assets, { extensions, ...unknown });
        const [again, copy] = [join(root, 'again.gab'), join(root, 'copy')];
        expect(await runCli(['pack', folder, out])).toMatchObject({ exitCode: 0 });
        expect(await runCli(['unpack', out, copy])).toMatchObject({ exitCode: 0 });
        expect(await runCli(['pack', copy, again])).toMatchObject({ exitCode: 0 });
        expect((await readFile(again)).equals(await readFile(out))).toBe(true);
        const manifest: unknown = JSON.parse(await readFile(join(copy, 'manifest.json'), 'utf8'));
        expect(manifest).toMatchObject({ extensions, ...unknown });
        for (const { path, content: bytes } of assets) expect(await readFile(join(copy, path))).toEqual(bytes);
      }),
      propertyRuns(30),
    );
  });
});
