import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { model } from '../../../support/bundle-cases/broken-bundles.ts';
import { codesOf, inspectBytes } from '../../../support/inspect-bytes.ts';

interface Expected {
  readonly codes: readonly string[];
  readonly activatable: boolean;
}

const GOOD: Expected = { codes: [], activatable: true };
/** Bundles of one file each: what the check has to say about it. */
const fixtures: Readonly<Record<string, Expected>> = {
  'vrm/vrm0-good.vrm': GOOD,
  'vrm/vrm1-good.vrm': GOOD,
  'vrm/vrm1-spring-extended-collider-only.vrm': GOOD,
  'vrm/vrm1-required-vrmc.vrm': GOOD,
  'vrm/vrm1-no-license-url.vrm': { codes: ['GAB_E_VRM'], activatable: false },
  'vrm/vrm1-texture-missing.vrm': { codes: ['GAB_E_GLB_REFERENCE', 'GAB_W_GLB_DESCRIPTION'], activatable: false },
  'vrm/vrm1-no-hips.vrm': { codes: ['GAB_E_VRM'], activatable: false },
  'vrm/vrm1-expression-index-missing.vrm': { codes: ['GAB_W_VISEMES_INCOMPLETE', 'GAB_W_VRM'], activatable: true },
  'vrm/vrm1-expression-weight-0.vrm': { codes: ['GAB_W_VISEMES_INCOMPLETE'], activatable: true },
  'vrm/vrm0-expression-mesh-missing.vrm': { codes: ['GAB_W_VISEMES_INCOMPLETE', 'GAB_W_VRM'], activatable: true },
  'vrm/vrm0-group-named-only.vrm': { codes: ['GAB_W_VISEMES_INCOMPLETE'], activatable: true },
  'glb/required-EXT_mesh_gpu_instancing.glb': { codes: ['GAB_W_VISEMES_INCOMPLETE'], activatable: true },
  'glb/required-KHR_lights_punctual.glb': { codes: ['GAB_W_VISEMES_INCOMPLETE'], activatable: true },
  'glb/required-KHR_materials_variants.glb': {
    codes: ['GAB_W_GLB_EXTENSION', 'GAB_W_VISEMES_INCOMPLETE'],
    activatable: false,
  },
};

function load(file: string): Buffer {
  return readFileSync(new URL(`../../../fixtures/${file}`, import.meta.url));
}

describe('a bundle with', () => {
  it.each(Object.entries(fixtures))('%s is judged as the runtime draws it', async (file, { codes, activatable }) => {
    const report = await inspectBytes(model(load(file), {}, file.slice(file.lastIndexOf('.') + 1)));
    expect(codesOf(report)).toEqual(codes);
    expect(report.activatable).toBe(activatable);
  });
});
