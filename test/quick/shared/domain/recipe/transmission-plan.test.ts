import { describe, expect, it } from 'vitest';
import type { Chunk } from '../../../../../shared/domain/recipe/chunk-list.ts';
import { rangesFrom, streamRanges } from '../../../../../shared/domain/recipe/stream-ranges.ts';
import { documentBundle } from '../../../../support/document-bundles.ts';
import { memoryFile, transferInMemory } from '../../../../support/memory-transfer.ts';
import { noise } from '../../../../support/sample-assets.ts';

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

  it('with different dates and order sends next to nothing', async () => {
    const before = await memoryFile(bundleOf(textures));
    const after = await memoryFile(bundleOf(textures.toReversed(), '2.0.0'));
    const { rebuilt, sentBytes } = await transferInMemory(before, after);
    expect(rebuilt.equals(after.bytes)).toBe(true);
    expect(sentBytes).toBeLessThan(5000);
  });

  it('with nothing in common is sent as a whole', async () => {
    const before = await memoryFile(bundleOf(textures));
    const after = await memoryFile(noise(400_000));
    expect(await transferInMemory(before, after)).toMatchObject({ kind: 'whole', sentBytes: 400_000 });
  });

  it('that is not an archive is cut as a whole', async () => {
    const before = await memoryFile(noise(400_000));
    const file = Buffer.from(before.bytes);
    noise(50).copy(file, 200_000);
    const after = await memoryFile(file);
    const { rebuilt, sentBytes } = await transferInMemory(before, after);
    expect(rebuilt.equals(after.bytes)).toBe(true);
    expect(sentBytes).toBeLessThan(150_000);
  });
});

describe('a stream', () => {
  it('resumes in the middle of a piece', () => {
    const ranges = [
      { offset: 10, sizeBytes: 5 },
      { offset: 40, sizeBytes: 10 },
    ];
    expect(rangesFrom(ranges, 0)).toEqual(ranges);
    expect(rangesFrom(ranges, 7)).toEqual([{ offset: 42, sizeBytes: 8 }]);
    expect(rangesFrom(ranges, 15)).toEqual([]);
  });

  it('does not exist for a plan about another file', () => {
    const file = { pieces: [{ offset: 0, sizeBytes: 9, sha256: '' }], chunks: new Map<number, Chunk[]>() };
    expect(streamRanges(file, { pieces: [[1, 1]], chunks: [] })).toBeNull();
    expect(streamRanges(file, { pieces: [[0, 1]], chunks: [{ piece: 0, missing: [[0, 1]] }] })).toBeNull();
    expect(streamRanges(file, { pieces: [[0, 1]], chunks: [] })).toEqual([{ offset: 0, sizeBytes: 9 }]);
  });
});
