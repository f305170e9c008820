import { describe, expect, it } from 'vitest';
import { SUPPORTED_EXTENSIONS, vrmExtensions } from '../../../../../shared/gab/content/supported-extensions.ts';
import { changedFindings, type ModelCase, type ModelChange } from '../../../../support/model-findings.ts';
import type { LooseJson } from '../../../../support/vrm-json.ts';

// What made the loaders throw although each value on its own is right; the component test of the
// same name loads these models.

const primitives = (json: LooseJson) => json.meshes[0].primitives;
const lines = { attributes: { POSITION: 0 }, mode: 1 };

describe('extensions of materials', () => {
  it.each<ModelCase>([
    [
      'EXT_materials_bump',
      (json) => (json.materials[0].extensions = { EXT_materials_bump: { bumpTexture: { index: 9 } } }),
      'GAB_E_GLB_REFERENCE reference /materials/0/extensions/EXT_materials_bump/bumpTexture/index',
    ],
    [
      'KHR_materials_diffuse_roughness',
      (json) => {
        const extension = { diffuseRoughnessTexture: { index: 9 } };
        json.materials[0].extensions = { KHR_materials_diffuse_roughness: extension };
      },
      'GAB_E_GLB_REFERENCE reference /materials/0/extensions/KHR_materials_diffuse_roughness/diffuseRoughnessTexture/index',
    ],
  ])('%s has a texture', async (_, change, finding) => {
    expect(await changedFindings(change)).toContain(finding);
  });

  // Those of VRM have their own checks.
  const described = [...SUPPORTED_EXTENSIONS].filter((name) => !vrmExtensions.some((vrm) => vrm === name));
  it.each(described)('%s, which the runtime draws, is described', async (name) => {
    const findings = await changedFindings((json) => {
      json.extensionsUsed.push(name);
      json.accessors.push({ componentType: 5126, type: 'VEC3', count: 3 });
    });
    // Nothing is called unused as soon as an extension without description may use it.
    expect(findings).toContain('GAB_I_GLB_UNUSED accessors /accessors/11');
  });
});

describe('weights of a node', () => {
  const weights = 'GAB_E_GLB_MISMATCH weights /nodes/0/weights';

  it.each<readonly [what: string, change: ModelChange]>([
    ['without targets', (json) => primitives(json).push({ attributes: { POSITION: 0 } })],
    [
      'whose targets have nothing that is loaded',
      (json) => primitives(json).push({ attributes: { POSITION: 0 }, targets: [{ TEXCOORD_0: 2 }] }),
    ],
  ])('are an error if the mesh has a part %s', async (_, change) => {
    expect(await changedFindings(change)).toContain(weights);
  });

  it('may be there if a part without targets consists of lines', async () => {
    expect(await changedFindings((json) => primitives(json).push(lines))).not.toContain(weights);
  });
});

describe('a camera without the lens that it names', () => {
  const change = (json: LooseJson) => (json.cameras[0].type = 'orthographic');
  const finding = 'GAB_E_GLB_PROPERTY missing /cameras/0';

  it('is an error if a node has it', async () => {
    expect(await changedFindings(change)).toContain(finding);
  });

  it('may be there if nothing uses it', async () => {
    const findings = await changedFindings((json) => {
      change(json);
      delete json.nodes[2].camera;
    });
    expect(findings).not.toContain(finding);
  });
});

describe('nodes inside each other', () => {
  const FIRST = 4;
  /** Upwards or downwards in the list, which the check walks through from its start. */
  const chain = (length: number, isReversed: boolean) => (json: LooseJson) => {
    const order = Array.from({ length }, (_, at) => FIRST + (isReversed ? length - 1 - at : at));
    const nodes = order.map((index, at) => [index, at === length - 1 ? {} : { children: [order[at + 1]] }] as const);
    for (const [index, node] of nodes) json.nodes[index] = node;
    json.scenes[0].nodes.push(order[0]);
  };

  it.each([false, true])('may be 1,000 (children in front of their parents: %s)', async (isReversed) => {
    expect(await changedFindings(chain(1000, isReversed))).toEqual([]);
  });

  it('are an error beyond that, once for each chain', async () => {
    expect(await changedFindings(chain(20_000, false))).toEqual([`GAB_E_GLB_NODES depth /nodes/${FIRST + 1000}`]);
    expect(await changedFindings(chain(1001, true))).toEqual([`GAB_E_GLB_NODES depth /nodes/${FIRST}`]);
  });

  it('have no depth in a loop or below one', async () => {
    const findings = await changedFindings((json) => {
      chain(1500, false)(json);
      json.nodes[FIRST + 100].children.push(FIRST);
    });
    expect(findings.filter((finding) => finding.includes('depth'))).toEqual([]);
  });
});
