import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BundleSummary,
  bundleSummarySchema,
  visemeSources,
} from '../../../../../shared/gab/compare/bundle-summary.ts';
import { compareBundles } from '../../../../../shared/gab/compare/compare-bundles.ts';
import { comparisonSchema, type Difference, differenceVerdicts } from '../../../../../shared/gab/compare/comparison.ts';
import { explainDifference } from '../../../../../shared/gab/compare/explain-difference.ts';
import { spokenVisemes } from '../../../../../shared/gab/viseme-plan.ts';
import { propertyRuns, testSeed } from '../../../../support/property-runs.ts';

const options = propertyRuns(400);

// Few distinct values, so that two bundles often agree and often differ in a single point.
const someOf = (...pool: readonly string[]) => fc.subarray([...pool]);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });

const texture = fc.record({
  name: fc.constantFrom('skin', 'hair'),
  format: fc.constantFrom('png', 'ktx2'),
  width: fc.constantFrom(512, 1024, null),
  height: fc.constantFrom(512, 1024),
  sizeBytes: fc.constantFrom(10, 20),
});

const model = fc.record({
  meshes: fc.constantFrom(1, 2),
  triangles: fc.constantFrom(1000, 1050, 5000, 300_000),
  vertices: fc.constantFrom(500, 600),
  materials: someOf('Skin', 'Hair', 'skin_2'),
  textures: fc.uniqueArray(texture, { maxLength: 2, selector: ({ name }) => name }),
  joints: someOf('Hips', 'mixamorig:Hips', 'Spine', 'Jaw'),
  humanBones: someOf('head', 'hips'),
  clips: someOf('Idle', 'Wave', 'Idle.001'),
  clipTargets: someOf('Hips', 'Jaw'),
  morphs: someOf('viseme_aa', 'viseme_PP', 'Head_viseme_aa', 'Head_viseme_PP', 'jawOpen', 'smile'),
  isVrm: fc.boolean(),
  vrmExpressions: someOf('aa', 'happy'),
  requiredExtensions: someOf('KHR_mesh_quantization', 'ACME_magic'),
});

const asset = fc.record({
  id: fc.constantFrom('body', 'face', 'wave', 'sound'),
  kind: fc.constantFrom('model', 'animation', 'portrait', 'audio', 'document'),
  format: fc.constantFrom('glb', 'png'),
  path: fc.constantFrom('model/a.glb', 'model/b.glb', 'portrait/c.png', 'audio/d.wav'),
  sizeBytes: fc.constantFrom(10, 20),
  sha256: fc.constantFrom('a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)),
  model: fc.option(model),
  splat: fc.option(fc.record({ points: fc.constantFrom(5, 6) })),
  image: fc.option(fc.record({ width: fc.constantFrom(64, 128), height: fc.constant(64) })),
});

const shapes = fc.array(
  fc.oneof(
    fc.record({ morph: fc.constantFrom('viseme_aa', 'Head_viseme_aa', 'smile'), weight: fc.constantFrom(0.5, 1) }),
    fc.record({ image: fc.constantFrom('face', 'body') }),
  ),
  { maxLength: 2 },
);
const permission = maybe(fc.constantFrom('allowed', 'prohibited', 'unknown'));

const manifest = fc.record({
  id: fc.constantFrom('urn:one', 'urn:two'),
  name: fc.constantFrom('Mara', 'Otto'),
  version: fc.constantFrom('1.0.0', '1.1.0'),
  locale: maybe(fc.constantFrom('en', 'ja')),
  minRuntime: maybe(fc.constantFrom('0.9.0', '1.0.0', '9.0.0')),
  extensionsRequired: maybe(someOf('acme.hair')),
  vendorField: maybe(fc.constant({ deep: [1, 'x'] })),
  license: fc.record({
    spdx: fc.constantFrom('CC0-1.0', 'CC-BY-4.0'),
    commercialUse: permission,
    modification: permission,
    attribution: maybe(fc.constant('by Ada')),
    url: maybe(fc.constant('https://x')),
  }),
  provenance: maybe(
    fc.record({ likeness: maybe(fc.constantFrom('self', 'unknown')), aiGenerated: maybe(fc.boolean()) }),
  ),
  thumbnail: fc.constant('thumb'),
  body: fc.record({
    main: fc.constantFrom('body', 'face'),
    rig: maybe(fc.constantFrom('mixamo', 'vrm', 'other')),
    camera: maybe(fc.record({ view: fc.constantFrom('head', 'full') })),
    form: maybe(fc.constantFrom('neutral', 'feminine')),
    fallback: maybe(fc.constantFrom('face', 'body')),
    alternates: maybe(someOf('wave', 'sound')),
    binding: maybe(fc.record({ type: fc.constantFrom('lam', 'gvrm'), model: maybe(fc.constantFrom('body', 'face')) })),
  }),
  face: maybe(
    fc.record({
      visemes: maybe(fc.record({ set: fc.constant('oculus15'), map: fc.record({ aa: shapes, PP: maybe(shapes) }) })),
      expressions: maybe(fc.dictionary(fc.constantFrom('happy', 'sad'), shapes)),
    }),
  ),
  animations: maybe(
    fc.dictionary(
      fc.constantFrom('idle', 'talking'),
      fc.array(fc.constantFrom('body#Idle', 'body#Wave', 'wave'), { maxLength: 2 }),
    ),
  ),
  voice: maybe(
    fc.record({
      provider: fc.constantFrom('azure', 'google', 'none'),
      voiceId: maybe(fc.constantFrom('a', 'b')),
      rate: maybe(fc.constantFrom(1, 2)),
      sample: maybe(fc.constant('sound')),
    }),
  ),
  persona: maybe(
    fc.record({
      systemPrompt: maybe(fc.constantFrom('You are Mara.', 'You are Otto.')),
      greeting: maybe(fc.constant('Hi')),
    }),
  ),
});

const summary: fc.Arbitrary<BundleSummary> = fc
  .record({
    sizeBytes: fc.constantFrom(1000, 2000, 20_000_000),
    bodyType: fc.constantFrom('model3d', 'splat', 'portrait2d'),
    manifest,
    assets: fc.uniqueArray(asset, { maxLength: 4, selector: ({ id }) => id }),
    visemes: fc.record({
      source: fc.constantFrom(...visemeSources),
      covered: fc.subarray([...spokenVisemes].slice(0, 4)),
    }),
  })
  // Equal content has equal digests, as in a real bundle. Serialized as JSON, as on the wire.
  .map((one) => {
    const clean = JSON.parse(JSON.stringify(one)) as typeof one;
    return bundleSummarySchema.parse({ summaryVersion: 1, digest: `gab1:${canonicalOf(clean)}`, ...clean });
  });

const canonicalOf = ({ sizeBytes, ...content }: { readonly sizeBytes: number }) =>
  JSON.stringify(content) + Number(sizeBytes > 1e9);

/** The code of the same difference in the opposite direction. */
function reverseCode(code: string): string {
  if (code.endsWith('-added')) return code.replace(/-added$/, '-removed');
  if (code.endsWith('-removed')) return code.replace(/-removed$/, '-added');
  if (code === 'visemes-lost') return 'visemes-gained';
  return code === 'visemes-gained' ? 'visemes-lost' : code;
}

/**
 * The parts that must be the same in both directions. A renamed asset has a different path on each
 * side.
 */
function describeForwards({ code, pointer, before, after, names = [], more = 0 }: Difference): string {
  return JSON.stringify([code, pointer, before ?? null, after ?? null, names.length + more]);
}

function describeBackwards({ before, after, code, ...rest }: Difference): string {
  return describeForwards({ ...rest, code: reverseCode(code), before: after ?? null, after: before ?? null });
}

describe(`a comparison of any two bundles (seed ${testSeed})`, () => {
  it('of a bundle with itself is empty and reports no change', () => {
    fc.assert(
      fc.property(summary, (one) => {
        expect(compareBundles(one, structuredClone(one))).toEqual({ verdict: 'same', differences: [] });
      }),
      options,
    );
  });

  it('finds the same differences in both directions', () => {
    fc.assert(
      fc.property(summary, summary, (one, other) => {
        const forwards = compareBundles(one, other).differences.map(describeForwards);
        const backwards = compareBundles(other, one).differences.map(describeBackwards);
        expect(backwards.toSorted()).toEqual(forwards.toSorted());
      }),
      options,
    );
  });

  it('has the severity of its worst difference, lists that first, and matches the schema', () => {
    fc.assert(
      fc.property(summary, summary, (one, other) => {
        const comparison = compareBundles(one, other);
        expect(comparisonSchema.parse(comparison)).toEqual(comparison);
        const ranks = comparison.differences.map(({ verdict }) => differenceVerdicts.indexOf(verdict));
        expect(ranks).toEqual(ranks.toSorted((left, right) => left - right));
        expect(comparison.verdict).toBe(comparison.differences[0]?.verdict ?? 'same');
        expect(comparison.verdict === 'same').toBe(one.digest === other.digest && one.sizeBytes === other.sizeBytes);
      }),
      options,
    );
  });

  it('does not depend on the order of assets', () => {
    fc.assert(
      fc.property(summary, summary, (one, other) => {
        const turned = { ...other, assets: other.assets.toReversed() };
        const back = { ...one, assets: one.assets.toReversed() };
        expect(compareBundles(back, turned)).toEqual(compareBundles(one, other));
      }),
      options,
    );
  });

  it('can be described in words', () => {
    fc.assert(
      fc.property(summary, summary, (one, other) => {
        for (const difference of compareBundles(one, other).differences) {
          const { title, what, why, fix } = explainDifference(difference);
          for (const text of [title, what, why]) expect(text).toMatch(/^[^\s].*[^\s]$/);
          expect(`${title} ${what} ${why} ${fix}`).not.toMatch(/undefined|NaN|\[object|an unknown size/);
          // What breaks can be mended.
          if (difference.verdict === 'breaks-runtime') expect(fix, difference.code).not.toBeNull();
        }
      }),
      options,
    );
  });
});
