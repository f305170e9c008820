import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentBundle } from '../../../../support/document-bundles.ts';
import { memoryFile, transferInMemory } from '../../../../support/memory-transfer.ts';
import { propertyRuns, testSeed as seed } from '../../../../support/property-runs.ts';
import { noise } from '../../../../support/sample-assets.ts';

const textures = [noise(300_000), noise(200_000), noise(90_000), noise(20_000)];

const asItIs = { toText: (content: Buffer) => content };

const bundleOf = (contents: readonly Buffer[], version = '1.0.0') => documentBundle(contents, { version, ...asItIs });

describe('a new version', () => {
  it(`is rebuilt byte for byte after any edit (seed ${seed})`, { timeout: 60_000 }, async () => {
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
      propertyRuns(60),
    );
  });
});
