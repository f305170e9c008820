import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chunk, cutChunks } from '../../../../../shared/domain/recipe/chunk-list.ts';
import { type PieceRange, readFileLayout } from '../../../../../shared/domain/recipe/file-layout.ts';
import { type Recipe, skeletonGaps } from '../../../../../shared/domain/recipe/recipe.ts';
import { rangesFrom, streamRanges } from '../../../../../shared/domain/recipe/stream-ranges.ts';
import {
  missingParts,
  planChunks,
  planUpload,
  rebuildSteps,
  type StoredPlan,
  type StoredRange,
  streamBytesOf,
} from '../../../../../shared/domain/recipe/upload-plan.ts';
import { bytesSource } from '../../../../../shared/gab/byte-source.ts';
import { documentBundle } from '../../../../support/document-bundles.ts';
import { noise } from '../../../../support/sample-assets.ts';
import { testSeed as seed } from '../../../../support/seed.ts';

// Client and server over one table, without the wire between them: whatever was edited, what comes out is the file.

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const PREDECESSOR = '11111111-1111-4111-8111-111111111111';

interface Described {
  readonly file: Buffer;
  readonly layout: readonly PieceRange[];
  readonly recipe: Recipe;
}

async function describeFile(file: Buffer): Promise<Described> {
  const layout = await readFileLayout(bytesSource(file));
  const bytesOf = ({ offset, sizeBytes }: { offset: number; sizeBytes: number }) =>
    file.subarray(offset, offset + sizeBytes);
  const pieces = layout.map((range) => ({ ...range, sha256: sha256(bytesOf(range)) }));
  const gaps = [...skeletonGaps({ sizeBytes: file.byteLength, pieces })];
  return { file, layout, recipe: { sizeBytes: file.byteLength, pieces, skeleton: Buffer.concat(gaps.map(bytesOf)) } };
}

/** The whole dialogue. Answers the rebuilt file and how many bytes of it travelled. */
function transfer(before: Described, after: Described) {
  const known = new Map<string, StoredRange>(
    before.recipe.pieces.map(({ sha256: hash, offset }) => [hash, { avatarUuid: PREDECESSOR, offset }]),
  );
  const paths = new Set(before.layout.map(({ path }) => path));
  let plan: StoredPlan = planUpload({
    recipe: after.recipe,
    layout: after.layout,
    known,
    predecessor: { avatarUuid: PREDECESSOR, paths },
  });
  const lists = new Map<number, Chunk[]>();
  if (plan.kind === 'chunks') {
    const knownChunks = new Map<string, StoredRange>();
    for (const index of plan.asked) {
      const piece = after.recipe.pieces[index];
      const old = before.layout.find(({ path }) => path === after.layout[index]?.path);
      if (!piece || !old) throw new Error('asked about a piece without a predecessor');
      lists.set(index, cutChunks(after.file.subarray(piece.offset, piece.offset + piece.sizeBytes), sha256));
      let offset = old.offset;
      for (const chunk of cutChunks(before.file.subarray(old.offset, old.offset + old.sizeBytes), sha256)) {
        knownChunks.set(chunk.sha256, { avatarUuid: PREDECESSOR, offset });
        offset += chunk.sizeBytes;
      }
    }
    plan = planChunks(after.recipe, plan, { lists, known: knownChunks });
  }
  if (plan.kind !== 'pieces') return { rebuilt: after.file, sentBytes: after.file.byteLength, kind: plan.kind };
  const ranges = streamRanges({ pieces: after.recipe.pieces, chunks: lists }, missingParts(after.recipe, plan.sources));
  if (ranges === null) throw new Error('the plan is not about this file');
  const stream = Buffer.concat(ranges.map(({ offset, sizeBytes }) => after.file.subarray(offset, offset + sizeBytes)));
  expect(stream.byteLength).toBe(streamBytesOf(after.recipe, plan));
  const parts = rebuildSteps(after.recipe, plan.sources).map(({ from, offset, sizeBytes }) => {
    const source = from === 'skeleton' ? after.recipe.skeleton : from === 'stream' ? stream : before.file;
    return source.subarray(offset, offset + sizeBytes);
  });
  return { rebuilt: Buffer.concat(parts), sentBytes: stream.byteLength, kind: plan.kind };
}

const textures = [noise(300_000), noise(200_000), noise(90_000), noise(20_000)];
const asItIs = { toText: (content: Buffer) => content };
const bundleOf = (contents: readonly Buffer[], version = '1.0.0') => documentBundle(contents, { version, ...asItIs });

describe('a new version', () => {
  it('with one changed entry sends that entry’s changed chunks and the small entries', async () => {
    const before = await describeFile(bundleOf(textures));
    const [first = Buffer.alloc(0), ...rest] = textures;
    const edited = Buffer.from(first);
    noise(100).copy(edited, 150_000);
    const after = await describeFile(bundleOf([edited, ...rest], '1.1.0'));
    const { rebuilt, sentBytes } = transfer(before, after);
    expect(rebuilt.equals(after.file)).toBe(true);
    expect(sentBytes).toBeLessThan(150_000);
  });

  it('with other dates and another order sends next to nothing', async () => {
    const before = await describeFile(bundleOf(textures));
    const after = await describeFile(bundleOf(textures.toReversed(), '2.0.0'));
    const { rebuilt, sentBytes } = transfer(before, after);
    expect(rebuilt.equals(after.file)).toBe(true);
    expect(sentBytes).toBeLessThan(5000);
  });

  it('with nothing in common is sent as it is', async () => {
    const before = await describeFile(bundleOf(textures));
    const after = await describeFile(noise(400_000));
    expect(transfer(before, after)).toMatchObject({ kind: 'whole', sentBytes: 400_000 });
  });

  it('that is no archive is cut whole', async () => {
    const before = await describeFile(noise(400_000));
    const file = Buffer.from(before.file);
    noise(50).copy(file, 200_000);
    const after = await describeFile(file);
    const { rebuilt, sentBytes } = transfer(before, after);
    expect(rebuilt.equals(after.file)).toBe(true);
    expect(sentBytes).toBeLessThan(150_000);
  });

  it(`is rebuilt byte for byte whatever was edited (seed ${seed})`, { timeout: 60_000 }, async () => {
    const before = await describeFile(bundleOf(textures));
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
        const after = await describeFile(bundleOf(contents, '1.0.1'));
        expect(transfer(before, after).rebuilt.equals(after.file)).toBe(true);
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
