import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../../node/sha256.ts';
import { MAX_PIECES, type PieceRange, readFileLayout } from '../../../../../shared/domain/recipe/file-layout.ts';
import {
  decodeRecipe,
  encodeRecipe,
  type Recipe,
  recipeSource,
  skeletonGaps,
} from '../../../../../shared/domain/recipe/recipe.ts';
import { bytesSource } from '../../../../../shared/gab/byte-source.ts';
import { buildBundle } from '../../../../support/bundle-builder.ts';
import { noise } from '../../../../support/sample-assets.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../../fixtures/${name}`, import.meta.url));

function recipeOf(file: Uint8Array, layout: readonly PieceRange[]): Recipe {
  const pieces = layout.map(({ offset, sizeBytes }) => ({
    offset,
    sizeBytes,
    sha256: sha256Hex(file.subarray(offset, offset + sizeBytes)),
  }));
  const gaps = [...skeletonGaps({ sizeBytes: file.byteLength, pieces })];
  const skeleton = Buffer.concat(gaps.map(({ offset, sizeBytes }) => file.subarray(offset, offset + sizeBytes)));
  return { sizeBytes: file.byteLength, pieces, skeleton: new Uint8Array(skeleton) };
}

/** Rebuilds a file from its recipe, taking every piece from `file` by hash. */
function rebuild(recipe: Recipe, file: Uint8Array, layout: readonly PieceRange[]): Buffer {
  const byHash = new Map(
    recipeOf(file, layout).pieces.map(({ sha256, offset, sizeBytes }) => [
      sha256,
      file.subarray(offset, offset + sizeBytes),
    ]),
  );
  const rebuilt = Buffer.alloc(recipe.sizeBytes);
  for (const gap of skeletonGaps(recipe)) {
    rebuilt.set(recipe.skeleton.subarray(gap.skeletonOffset, gap.skeletonOffset + gap.sizeBytes), gap.offset);
  }
  for (const piece of recipe.pieces) rebuilt.set(byHash.get(piece.sha256) ?? new Uint8Array(), piece.offset);
  return rebuilt;
}

const files: [string, Buffer][] = [
  ['a bundle', fixture('gab/portrait-2d.gab')],
  ['a bundle with deflated models', fixture('gab/kaykit-mage.gab')],
  ['a foreign archive', fixture('hostile/foreign-zip.gab')],
  ['a damaged archive', fixture('hostile/zip-truncated.gab')],
  ['a built bundle', buildBundle({ sizeBytes: 400_000 })],
  ['no archive', noise(50_000)],
];

describe.each(files)('%s', (_name, file) => {
  it('is rebuilt from its recipe, byte for byte', async () => {
    const layout = await readFileLayout(bytesSource(file));
    const recipe = recipeOf(file, layout);
    const decoded = decodeRecipe(encodeRecipe(recipe), file.byteLength);
    expect(decoded).toEqual({ ok: true, value: recipe });
    expect(rebuild(recipe, file, layout).equals(file)).toBe(true);
  });

  it('has the same layout without the bytes of its pieces', async () => {
    const layout = await readFileLayout(bytesSource(file));
    if (layout[0]?.path === '') return;
    expect(await readFileLayout(recipeSource(recipeOf(file, layout)))).toEqual(layout);
  });
});

it('an archive has one piece per entry, any other file a single piece', async () => {
  expect((await readFileLayout(bytesSource(fixture('gab/portrait-2d.gab')))).map(({ path }) => path)).toContain(
    'portrait/neutral.png',
  );
  expect(await readFileLayout(bytesSource(noise(5000)))).toEqual([
    { offset: 0, sizeBytes: 5000, path: '', isStored: false },
  ]);
  expect(await readFileLayout(bytesSource(new Uint8Array()))).toEqual([]);
});

it.each([
  ['version', Uint8Array.of(9, 0, 0, 0, 0)],
  ['truncated', Uint8Array.of(1, 0)],
  ['truncated', Uint8Array.of(1, 1, 0, 0, 0, 1)],
  ['too-many-pieces', Uint8Array.of(1, 255, 255, 0, 0)],
  ['size', Uint8Array.of(1, 0, 0, 0, 0, 7, 7)],
  ['empty-piece', Uint8Array.of(1, 1, 0, 0, 0, ...new Uint8Array(40))],
])('refuses a recipe: %s', (fault, bytes) => {
  expect(decodeRecipe(bytes, 1)).toEqual({ ok: false, failure: fault });
  expect(MAX_PIECES).toBeLessThan(0xffff);
});
