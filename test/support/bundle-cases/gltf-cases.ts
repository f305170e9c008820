import { type CodeCases, model, talking } from './broken-bundles.ts';

const FLOAT = 5126;
const triangle = { bufferView: 0, componentType: FLOAT, count: 3, type: 'VEC3', min: [0, 0, 0], max: [1, 1, 0] };

/** A triangle whose first coordinate is overwritten: 36 bytes of positions end the file. */
function withCoordinate(value: number): Buffer {
  const bytes = talking();
  bytes.writeFloatLE(value, bytes.byteLength - 36);
  return bytes;
}

/** Findings inside a model, one case for each code: every kind of check is tested in `gltf/`. */
export const gltfCases = {
  GAB_E_GLB_PROPERTY: [
    {
      how: 'a kind of number that does not exist',
      bytes: () => model(talking({ accessors: [{ ...triangle, componentType: 5199 }] })),
      codes: ['GAB_E_GLB_PROPERTY'],
    },
  ],
  GAB_E_GLB_REFERENCE: [
    {
      how: 'a mesh that does not exist',
      bytes: () => model(talking({ nodes: [{ mesh: 0, children: [1] }, { mesh: 7 }] })),
      codes: ['GAB_E_GLB_REFERENCE'],
    },
  ],
  GAB_E_GLB_NODES: [
    {
      how: 'a node inside itself',
      bytes: () => model(talking({ nodes: [{ mesh: 0 }, { children: [1] }], scenes: [{ nodes: [0, 1] }] })),
      codes: ['GAB_E_GLB_NODES'],
    },
  ],
  GAB_E_GLB_BOUNDS: [
    {
      how: 'values beyond their view',
      bytes: () => model(talking({ accessors: [{ ...triangle, count: 4000 }] })),
      codes: ['GAB_E_GLB_BOUNDS'],
    },
  ],
  GAB_E_GLB_MISMATCH: [
    {
      how: 'a skeleton with too few matrices',
      bytes: () =>
        model(
          talking({
            nodes: [{ mesh: 0, skin: 0 }, {}, {}],
            skins: [{ joints: [1, 2], inverseBindMatrices: 1 }],
            accessors: [triangle, { componentType: FLOAT, count: 1, type: 'MAT4' }],
          }),
        ),
      codes: ['GAB_E_GLB_MISMATCH', 'GAB_W_GLB_DESCRIPTION'],
    },
  ],
  GAB_E_GLB_DATA: [
    {
      how: 'a position that is not a number',
      bytes: () => model(withCoordinate(Number.NaN)),
      codes: ['GAB_E_GLB_DATA'],
    },
  ],
  GAB_W_GLB_DESCRIPTION: [
    {
      how: 'a rotation that is not of unit length',
      bytes: () => model(talking({ nodes: [{ mesh: 0, rotation: [0, 0, 0, 0.5] }] })),
      codes: ['GAB_W_GLB_DESCRIPTION'],
    },
  ],
  GAB_W_GLB_DATA: [
    { how: 'a position beyond the declared ones', bytes: () => model(withCoordinate(-5)), codes: ['GAB_W_GLB_DATA'] },
  ],
  GAB_I_GLB_FORMALITY: [
    {
      how: 'an empty list',
      bytes: () => model(talking({ cameras: [] })),
      codes: ['GAB_I_GLB_FORMALITY'],
    },
  ],
  GAB_I_GLB_UNUSED: [
    {
      how: 'values that nothing uses',
      bytes: () => model(talking({ accessors: [triangle, triangle] })),
      codes: ['GAB_I_GLB_UNUSED'],
    },
  ],
} as const satisfies CodeCases;
