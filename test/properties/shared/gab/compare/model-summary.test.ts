import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelSummarySchema } from '../../../../../shared/gab/compare/bundle-summary.ts';
import { EmbeddedImages } from '../../../../../shared/gab/content/embedded-images.ts';
import { readModelFacts } from '../../../../../shared/gab/content/model-facts.ts';
import { summarizeModel } from '../../../../../shared/gab/content/model-summary.ts';
import { propertyRuns, testSeed } from '../../../../support/property-runs.ts';

// Arbitrary values where a model should have a name, a number or a list.
const odd = fc.constantFrom<unknown>(
  null,
  true,
  -1,
  1.5,
  0,
  1,
  2,
  36,
  2 ** 53 - 1,
  2 ** 60,
  '',
  'name',
  '__proto__',
  [],
  {},
  [[]],
);

const list = (item: fc.Arbitrary<unknown>) => fc.oneof({ weight: 4, arbitrary: fc.array(item, { maxLength: 3 }) }, odd);

const thing = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.oneof({ weight: 4, arbitrary: fc.record(fields, { requiredKeys: [] }) }, odd);

const uri = fc.constantFrom(
  'data:image/png;base64,iVBORw0KGgo=',
  'data:,',
  'data:image/png;base64,====',
  'x',
  'data:;base64,%%',
);

const gltf = fc.record(
  {
    meshes: list(
      thing({
        primitives: list(thing({ attributes: thing({ POSITION: odd }), indices: odd, mode: odd })),
        extras: thing({ targetNames: list(odd) }),
      }),
    ),
    accessors: list(thing({ count: odd })),
    materials: list(thing({ name: odd })),
    nodes: list(thing({ name: odd })),
    skins: list(thing({ joints: list(odd) })),
    animations: list(thing({ name: odd, channels: list(thing({ target: thing({ node: odd }) })) })),
    images: list(
      thing({
        name: odd,
        mimeType: fc.oneof(odd, fc.constant('image/jpeg')),
        bufferView: odd,
        uri: fc.oneof(odd, uri),
      }),
    ),
    bufferViews: list(thing({ buffer: odd, byteOffset: odd, byteLength: odd })),
    extensionsRequired: list(odd),
    extensions: thing({
      VRMC_vrm: thing({
        humanoid: thing({ humanBones: thing({ head: odd }) }),
        expressions: thing({ preset: thing({ aa: odd }) }),
      }),
      VRM: thing({ humanoid: thing({ humanBones: list(thing({ bone: odd })) }) }),
    }),
  },
  { requiredKeys: [] },
);

describe('the summary of a model', () => {
  it(`can be made for any JSON followed by any bytes (seed ${testSeed})`, () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 4 });
    fc.assert(
      fc.property(gltf, pieces, (json, binary) => {
        const images = new EmbeddedImages(json);
        let offset = 0;
        for (const bytes of binary) {
          images.push(bytes, offset);
          offset += bytes.byteLength;
        }
        const summary = summarizeModel(json, readModelFacts(json), images.textures());
        expect(modelSummarySchema.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
        for (const names of [summary.materials, summary.joints, summary.clips, summary.morphs]) {
          expect(names).toEqual([...new Set(names)].toSorted());
        }
      }),
      propertyRuns(1500),
    );
  });
});
