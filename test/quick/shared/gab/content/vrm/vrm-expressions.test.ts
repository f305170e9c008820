import { describe, expect, it } from 'vitest';
import { readVrmExpressions } from '../../../../../../shared/gab/content/vrm/check-vrm.ts';
import { type LooseJson, makeVrm0Json, makeVrm1Json } from '../../../../../support/vrm-json.ts';

type Case = readonly [what: string, change: (json: LooseJson) => void];

const ALL = ['aa', 'ee', 'happy', 'ih', 'oh', 'ou'];
const WITHOUT_AA = ALL.slice(1);

function moving(json: LooseJson, change: (json: LooseJson) => void = () => undefined): string[] {
  change(json);
  return [...readVrmExpressions(json)].toSorted();
}

const presets = (json: LooseJson) => json.extensions.VRMC_vrm.expressions.preset;
const bindOf = (json: LooseJson) => presets(json).aa.morphTargetBinds[0];
const groups = (json: LooseJson) => json.extensions.VRM.blendShapeMaster.blendShapeGroups;

describe('the expressions of a VRM 1.0', () => {
  it('are those that move something, the own ones included', () => {
    expect(moving(makeVrm1Json())).toEqual(['aa', 'blush', ...ALL.slice(1)]);
  });

  it.each<Case>([
    ['that move a missing morph target', (json) => (bindOf(json).index = 5)],
    ['with a negative index', (json) => (bindOf(json).index = -1)],
    ['with the weight 0', (json) => (bindOf(json).weight = 0)],
    ['without an index', (json) => delete bindOf(json).index],
    ['without binds', (json) => (presets(json).aa.morphTargetBinds = [])],
    ['of a mesh outside of the scene', (json) => (bindOf(json).node = json.nodes.push({ mesh: 0 }) - 1)],
    [
      'of a mesh of which one part has no morph targets',
      (json) => {
        json.meshes.push({ primitives: [json.meshes[0].primitives[0], { attributes: { POSITION: 0 } }] });
        json.scenes[0].nodes.push(json.nodes.push({ mesh: 1 }) - 1);
        bindOf(json).node = json.nodes.length - 1;
      },
    ],
  ])('%s do not count', (_, change) => {
    expect(moving(makeVrm1Json(), change)).toEqual(['blush', ...WITHOUT_AA]);
  });

  it.each<Case>([
    ['a meta section', (json) => delete json.extensions.VRMC_vrm.meta],
    ['a humanoid', (json) => delete json.extensions.VRMC_vrm.humanoid],
    ['being listed', (json) => (json.extensionsUsed = [])],
  ])('need %s', (_, change) => {
    expect(moving(makeVrm1Json(), change)).toEqual([]);
  });

  it('count without a weight, which is then 1', () => {
    expect(moving(makeVrm1Json(), (json) => delete bindOf(json).weight)).toContain('aa');
  });
});

describe('the expressions of a VRM 0.x', () => {
  it('are those that move something, by their VRM 1.0 names', () => {
    expect(moving(makeVrm0Json())).toEqual(ALL);
  });

  it.each<Case>([
    ['of a missing mesh', (json) => (groups(json)[0].binds[0].mesh = 7)],
    ['of a missing morph target', (json) => (groups(json)[0].binds[0].index = 5)],
    ['with the weight 0', (json) => (groups(json)[0].binds[0].weight = 0)],
  ])('%s do not count', (_, change) => {
    expect(moving(makeVrm0Json(), change)).toEqual(WITHOUT_AA);
  });

  it('are presets only in lower case, as three-vrm compares them', () => {
    expect(moving(makeVrm0Json(), (json) => (groups(json)[0].presetName = 'A'))).toEqual(['A', ...WITHOUT_AA]);
  });
});

describe('the time for expressions is in proportion to the file', () => {
  // For each bind of the last expression to look at each of them would take minutes.
  const COUNT = 60_000;
  const repeat = <Item>(item: Item) => Array<Item>(COUNT).fill(item);
  const group = (more: object) => [{ name: 'last', ...more }];
  const materials = (json: LooseJson) => {
    json.materials = Array.from({ length: COUNT }, () => ({ name: 'Same' }));
    json.meshes[0].primitives = json.materials.map((_: unknown, material: number) => ({ attributes: {}, material }));
  };

  it.each<Case>([
    [
      'nodes and binds of VRM 0.x',
      (json) => {
        json.nodes = repeat({ mesh: 0 });
        json.extensions.VRM.blendShapeMaster.blendShapeGroups = group({ binds: repeat({ mesh: 0, index: 9 }) });
      },
    ],
    [
      'parts of a mesh and binds of VRM 0.x',
      (json) => {
        json.meshes[0].primitives = repeat(json.meshes[0].primitives[0]);
        json.extensions.VRM.blendShapeMaster.blendShapeGroups = group({ binds: repeat({ mesh: 0, index: 9 }) });
      },
    ],
    [
      'materials of the same name and values of VRM 0.x',
      (json) => {
        materials(json);
        const value = { materialName: 'Same', propertyName: '_Unknown', targetValue: [0, 0, 0, 0] };
        json.extensions.VRM.blendShapeMaster.blendShapeGroups = group({ materialValues: repeat(value) });
      },
    ],
  ])('with many %s', (_, change) => {
    expect(moving(makeVrm0Json(), change)).toEqual([]);
  });

  it.each<Case>([
    [
      'parts of a mesh and binds',
      (json) => {
        json.meshes[0].primitives = repeat(json.meshes[0].primitives[0]);
        presets(json).aa.morphTargetBinds = repeat({ node: 0, index: 9, weight: 1 });
      },
    ],
    [
      'materials and binds',
      (json) => {
        materials(json);
        const bind = { material: COUNT - 1, type: 'rimColor', targetValue: [0, 0, 0, 0] };
        presets(json).aa.materialColorBinds = repeat(bind);
        presets(json).aa.morphTargetBinds = [];
      },
    ],
  ])('with many %s of VRM 1.0', (_, change) => {
    expect(moving(makeVrm1Json(), change)).not.toContain('aa');
  });
});
