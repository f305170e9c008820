import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chunk } from '../../../../../shared/domain/recipe/chunk-list.ts';
import { rangesFrom, streamRanges } from '../../../../../shared/domain/recipe/stream-ranges.ts';
import { documentBundle } from '../../../../support/document-bundles.ts';
import { memoryFile, transferInMemory } from '../../../../support/memory-transfer.ts';
import { noise } from '../../../../support/sample-assets.ts';
import { testSeed as seed } from '../../../../support/seed.ts';

const textures = [noise(300_000), noise(200_000), noise(90_000), noise(20_000)];
const asItIs = { toText: (content: Buffer) => content };
const bundleOf = (contents: readonly Buffer[], version = '1.0.0') => documentBundle(contents, { version, ...asItIs });

describe('a new version', () => {
  it('with one changed entry sends that entry’s changed chunks and the small entries', async () => {
    const before = await memoryFile(bundleOf(textures));
    const [first = Buffer.alloc(0), ...rest] = textures;
    const edited = Buffer.from(first);
    noise(100).copy(edited, 150_000);
    const after = await memoryFile(bundleOf([edited, ...rest], '1.1.0'));
    const { rebuilt, sentBytes } = await transferInMemory(before, after);
    expect(rebuilt.equals(after.bytes)).toBe(true);
    expect(sentBytes).toBeLessThan(150_000);
  });

  it('with other dates and another order sends next to nothing', async () => {
    const before = await memoryFile(bundleOf(textures));
    const after = await memoryFile(bundleOf(textures.toReversed(), '2.0.0'));
    const { rebuilt, sentBytes } = await transferInMemory(before, after);
    expect(rebuilt.equals(after.bytes)).toBe(true);
    expect(sentBytes).toBeLessThan(5000);
  });

  it('with nothing in common is sent as it is', async () => {
    const before = await memoryFile(bundleOf(textures));
    const after = await memoryFile(noise(400_000));
    expect(await transferInMemory(before, after)).toMatchObject({ kind: 'whole', sentBytes: 400_000 });
  });

  it('that is no archive is cut whole', async () => {
    const before = await memoryFile(noise(400_000));
    const file = Buffer.from(before.bytes);
    noise(50).copy(file, 200_000);
    const after = await memoryFile(file);
    const { rebuilt, sentBytes } = await transferInMemory(before, after);
    expect(rebuilt.equals(after.bytes)).toBe(true);
    expect(sentBytes).toBeLessThan(150_000);
  });

  it(`is rebuilt byte for byte whatever was edited (seed ${seed})`, { timeout: 60_000 }, async () => {
    const before = await memoryFile(bundleOf(textures));
    const edit = fc.oneof(
      fc.record({ kind: fc.constant('replace'), which: fc.nat(3), size: fc.integer({ min: 1, max: 120_000 }) }),
      fc.record({ kind: fc.constant('patch'), which: fc.nat(3), at: fc.nat(80_000), size: fc.nat(3000) }),
      fc.record({ kind: fc.constant('remove'), which: fc.nat(3) }),
      fc.record({ kind: fc.constant('add'), size: fc.integer({ min: 1, max: 80_000 }) }),
      fc.record({ kind: fc.constant('reverse') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 4 }), async (edits) => {
        let contents: Buffer[] = textures.map((content) => Buffer.from(content));
        for (const change of edits as { kind: string; which?: number; at?: number; size?: number }[]) {
          const at = (change.which ?? 0) % Math.max(1, contents.length);
          if (change.kind === 'reverse') contents.reverse();
          else if (change.kind === 'add') contents.push(noise(change.size ?? 1));
          else if (change.kind === 'remove') contents = contents.filter((_, index) => index !== at);
          else if (change.kind === 'replace') contents[at] = noise(change.size ?? 1);
          else noise(change.size ?? 0).copy(contents[at] ?? Buffer.alloc(0), change.at);
        }
        const after = await memoryFile(bundleOf(contents, '1.0.1'));
        expect((await transferInMemory(before, after)).rebuilt.equals(after.bytes)).toBe(true);
      }),
      { seed, numRuns: 60 },
    );
  });
});

describe('a stream', () => {
  it('goes on in the middle of a piece', () => {
    const ranges = [
      { offset: 10, sizeBytes: 5 },
      { offset: 40, sizeBytes: 10 },
    ];
    expect(rangesFrom(ranges, 0)).toEqual(ranges);
    expect(rangesFrom(ranges, 7)).toEqual([{ offset: 42, sizeBytes: 8 }]);
    expect(rangesFrom(ranges, 15)).toEqual([]);
  });

  it('of an answer about another file is none', () => {
    const file = { pieces: [{ offset: 0, sizeBytes: 9, sha256: '' }], chunks: new Map<number, Chunk[]>() };
    expect(streamRanges(file, { pieces: [[1, 1]], chunks: [] })).toBeNull();
    expect(streamRanges(file, { pieces: [[0, 1]], chunks: [{ piece: 0, missing: [[0, 1]] }] })).toBeNull();
    expect(streamRanges(file, { pieces: [[0, 1]], chunks: [] })).toEqual([{ offset: 0, sizeBytes: 9 }]);
  });
});
