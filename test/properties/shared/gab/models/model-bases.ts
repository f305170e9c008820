import { avifModel, dracoModel, meshoptModel, webpModel } from '../../../../support/compressed-models.ts';
import { makeGlb } from '../../../../support/sample-assets.ts';
import { makePly, makeSpz } from '../../../../support/sample-splats.ts';
import { makeVrm0Json, makeVrm1Json, makeVrmaJson, packVrm, packVrma } from '../../../../support/vrm-json.ts';
import type { ModelBase } from './model-mutations.ts';

const vrm1: ModelBase = { name: 'VRM 1.0', format: 'vrm', bytes: packVrm(makeVrm1Json()) };
const vrm0: ModelBase = { name: 'VRM 0.x', format: 'vrm', bytes: packVrm(makeVrm0Json()) };
const vrma: ModelBase = { name: 'VRMA', format: 'vrma', bytes: packVrma(makeVrmaJson()) };

/** The generations of VRM more often than animations, because they have more rules. */
export const vrmBases: readonly ModelBase[] = [vrm1, vrm1, vrm0, vrm0, vrma];

/** Of the nodes, only the first is in the scene; the others are loaded if something needs them. */
const mostlyUnused = {
  nodes: [{ mesh: 0 }, { name: 'Spare', mesh: 0, skin: 0, camera: 0, children: [2] }, { translation: [0, 1, 0] }],
  skins: [{ joints: [2] }],
  cameras: [{ name: 'Eye', type: 'perspective', perspective: { yfov: 1, znear: 0.1 } }],
};

/** One model of each kind that the preview loads. */
export const modelBases: readonly ModelBase[] = [
  ...vrmBases,
  { name: 'plain', format: 'glb', bytes: makeGlb({ morphs: ['A', 'B'], clips: ['Idle'] }) },
  { name: 'mostly unused', format: 'glb', bytes: makeGlb({ json: mostlyUnused }) },
  {
    name: 'no scenes',
    format: 'glb',
    bytes: makeGlb({ json: { ...mostlyUnused, scenes: undefined, scene: undefined } }),
  },
  // Only the loaders unpack what is compressed.
  { name: 'Draco', format: 'glb', bytes: dracoModel([1, 2, 3]), checkedBytes: 0 },
  { name: 'AVIF', format: 'glb', bytes: await avifModel([1, 2, 3]), checkedBytes: 0 },
  { name: 'WebP', format: 'glb', bytes: await webpModel([1, 2, 3]), checkedBytes: 0 },
];

/**
 * Not changed: the decoder of meshopt believes the number and size of its values, and a wrong one
 * spoils it for the next model.
 */
export const meshoptBase: ModelBase = { name: 'meshopt', format: 'glb', bytes: meshoptModel([1, 2, 3]) };

export const splatBases: readonly ModelBase[] = [
  { name: 'PLY', format: 'ply', bytes: makePly(5) },
  ...[1, 2, 3].map((version): ModelBase => {
    return { name: `SPZ ${version}`, format: 'spz', bytes: makeSpz({ version, points: 40, degree: version }) };
  }),
  // Its streams are in zstd, which only the preview unpacks: header and table of the six are checked.
  { name: 'SPZ 4', format: 'spz', bytes: makeSpz({ version: 4, points: 40, degree: 4 }), checkedBytes: 32 + 6 * 16 },
];
