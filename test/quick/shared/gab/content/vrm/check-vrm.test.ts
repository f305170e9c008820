import { describe, expect, it } from 'vitest';
import { checkVrm } from '../../../../../../shared/gab/content/vrm/check-vrm.ts';
import { acceptedLicenseUrls } from '../../../../../../shared/gab/content/vrm/vrm-license.ts';
import { type LooseJson, makeVrm0Json, makeVrm1Json, makeVrmaJson } from '../../../../../support/vrm-json.ts';

type Change = (json: LooseJson) => void;
type Case = readonly [what: string, change: Change, reason: string, pointer: string];

function check(json: LooseJson, change: Change) {
  change(json);
  return checkVrm(json).findings.map(({ code, pointer, params }) => `${code} ${String(params?.reason)} ${pointer}`);
}

const vrm1 = '/extensions/VRMC_vrm';
const springs = '/extensions/VRMC_springBone';
const data = (json: LooseJson) => json.extensions.VRMC_vrm;
const swing = (json: LooseJson) => json.extensions.VRMC_springBone;
const bonesOf = (json: LooseJson) => data(json).humanoid.humanBones;
const twistOf = (json: LooseJson) => json.nodes.at(-1).extensions.VRMC_node_constraint;

describe('a VRM 1.0', () => {
  it('that uses every part of the format has no findings', () => {
    expect(checkVrm(makeVrm1Json()).findings).toEqual([]);
  });

  it.each<Case>([
    ['no hips', (json) => delete bonesOf(json).hips, 'bones', `${vrm1}/humanoid/humanBones`],
    [
      'a bone at a missing node',
      (json) => (bonesOf(json).leftEye.node = 99),
      'node',
      `${vrm1}/humanoid/humanBones/leftEye/node`,
    ],
    ['no list of bones', (json) => delete data(json).humanoid.humanBones, 'structure', `${vrm1}/humanoid/humanBones`],
    [
      'hips outside of the scene',
      (json) => json.scenes[0].nodes.pop(),
      'apart',
      `${vrm1}/humanoid/humanBones/hips/node`,
    ],
    ['no scene', (json) => delete json.scenes, 'scene', '/scenes'],
    ['no license', (json) => delete data(json).meta.licenseUrl, 'license', `${vrm1}/meta/licenseUrl`],
    ['a blank license', (json) => (data(json).meta.licenseUrl = ' '), 'license', `${vrm1}/meta/licenseUrl`],
    [
      'an expression of a missing node',
      (json) => (data(json).expressions.preset.aa.morphTargetBinds[0].node = 99),
      'node',
      `${vrm1}/expressions/preset/aa/morphTargetBinds/0/node`,
    ],
    [
      'an expression of a node without a mesh',
      (json) => (data(json).expressions.preset.aa.morphTargetBinds[0].node = 1),
      'no-mesh',
      `${vrm1}/expressions/preset/aa/morphTargetBinds/0/node`,
    ],
    [
      'nothing in a list of custom expressions',
      (json) => (data(json).expressions.custom = [null]),
      'structure',
      `${vrm1}/expressions/custom/0`,
    ],
    [
      'an object instead of a list of binds',
      (json) => (data(json).expressions.preset.aa.morphTargetBinds = {}),
      'structure',
      `${vrm1}/expressions/preset/aa/morphTargetBinds`,
    ],
    [
      'a missing toon texture',
      (json) => (json.materials[0].extensions.VRMC_materials_mtoon.shadeMultiplyTexture.index = 9),
      'texture',
      '/materials/0/extensions/VRMC_materials_mtoon/shadeMultiplyTexture/index',
    ],
    [
      'a toon texture without a picture',
      (json) => json.images.pop(),
      'texture',
      '/materials/0/extensions/VRMC_materials_mtoon/shadeMultiplyTexture/index',
    ],
    [
      'a swinging joint at a missing node',
      (json) => (swing(json).springs[0].joints[0].node = 99),
      'node',
      `${springs}/springs/0/joints/0/node`,
    ],
    [
      'a collider without a shape',
      (json) => delete swing(json).colliders[0].shape,
      'shape',
      `${springs}/colliders/0/shape`,
    ],
    [
      'a spring without joints',
      (json) => delete swing(json).springs[0].joints,
      'structure',
      `${springs}/springs/0/joints`,
    ],
    [
      'a constraint without its source',
      (json) => (twistOf(json).constraint.rotation.source = 99),
      'node',
      '/nodes/20/extensions/VRMC_node_constraint/constraint/rotation/source',
    ],
    [
      'a constraint that follows itself',
      (json) => (twistOf(json).constraint.rotation.source = 20),
      'circle',
      '/nodes/20/extensions/VRMC_node_constraint/constraint/rotation',
    ],
    [
      'an object instead of a list of annotations',
      (json) => (data(json).firstPerson.meshAnnotations = {}),
      'structure',
      `${vrm1}/firstPerson/meshAnnotations`,
    ],
    [
      'an empty text instead of a list of annotations',
      (json) => (data(json).firstPerson.meshAnnotations = ''),
      'structure',
      `${vrm1}/firstPerson/meshAnnotations`,
    ],
  ])('with %s is damaged', (_, change, reason, pointer) => {
    expect(check(makeVrm1Json(), change)).toContain(`GAB_E_VRM ${reason} ${pointer}`);
  });

  it.each<Case>([
    ['unlisted data', (json) => json.extensionsUsed.shift(), 'unlisted', vrm1],
    ['data of an unknown version', (json) => (data(json).specVersion = '0.9'), 'spec-version', vrm1],
    ['no meta section', (json) => delete data(json).meta, 'meta', vrm1],
    ['no humanoid', (json) => delete data(json).humanoid, 'humanoid', vrm1],
    [
      'an unknown preset',
      (json) => (data(json).expressions.preset.joy = {}),
      'preset',
      `${vrm1}/expressions/preset/joy`,
    ],
    [
      'a missing morph target',
      (json) => (data(json).expressions.preset.aa.morphTargetBinds[0].index = 5),
      'bind',
      `${vrm1}/expressions/preset/aa/morphTargetBinds/0/index`,
    ],
    [
      'a missing material',
      (json) => (data(json).expressions.preset.happy.materialColorBinds[0].material = 7),
      'bind',
      `${vrm1}/expressions/preset/happy/materialColorBinds/0/material`,
    ],
    [
      'a color that the material lacks',
      (json) => (data(json).expressions.preset.happy.materialColorBinds[0].type = 'rimColor'),
      'bind',
      `${vrm1}/expressions/preset/happy/materialColorBinds/0`,
    ],
    [
      'a missing end of a swinging chain',
      (json) => (swing(json).springs[0].joints[1].node = 99),
      'spring',
      `${springs}/springs/0/joints/1/node`,
    ],
    [
      'a missing collider',
      (json) => (swing(json).colliderGroups[0].colliders = [4]),
      'spring',
      `${springs}/colliderGroups/0/colliders/0`,
    ],
    [
      'an annotation of a missing node',
      (json) => (data(json).firstPerson.meshAnnotations[0].node = 99),
      'view',
      `${vrm1}/firstPerson/meshAnnotations/0/node`,
    ],
  ])('with %s loses only that part', (_, change, reason, pointer) => {
    expect(check(makeVrm1Json(), change)).toEqual([`GAB_W_VRM ${reason} ${pointer}`]);
  });

  it('may name the thumbs as older drafts did', () => {
    const rename: Change = (json) => (bonesOf(json).leftThumbIntermediate = { node: 8 });
    expect(check(makeVrm1Json(), rename)).toEqual([]);
  });

  it('needs no shape of a collider that the extended one describes', () => {
    const extended = { specVersion: '1.0', shape: { plane: {} } };
    const extend: Change = (json) =>
      (swing(json).colliders = [{ node: 3, extensions: { VRMC_springBone_extended_collider: extended } }]);
    expect(check(makeVrm1Json(), extend)).toEqual([]);
  });

  it('may state any license, which the preview then accepts', () => {
    const json = makeVrm1Json();
    data(json).meta.licenseUrl = 'https://example.com/license';
    expect(checkVrm(json).findings).toEqual([]);
    expect(acceptedLicenseUrls(json)).toEqual(['https://vrm.dev/licenses/1.0/', 'https://example.com/license']);
  });

  it('reports a loss that is repeated once, with its number', () => {
    const json = makeVrm1Json();
    for (const name of ['aa', 'ih', 'ou']) data(json).expressions.preset[name].morphTargetBinds[0].index = 9;
    expect(checkVrm(json).findings).toEqual([expect.objectContaining({ params: { reason: 'bind', count: 3 } })]);
  });

  it('finds a circle in a deep chain of constraints quickly', () => {
    const json = makeVrm1Json();
    const first = json.nodes.length;
    for (let index = 0; index < 20_000; index += 1) {
      const constraint = { rotation: { source: first + ((index + 1) % 20_000) } };
      json.nodes.push({ extensions: { VRMC_node_constraint: { specVersion: '1.0', constraint } } });
    }
    expect(check(json, () => undefined)).toEqual([expect.stringContaining('GAB_E_VRM circle /nodes/')]);
  });
});

const vrm0 = '/extensions/VRM';
const older = (json: LooseJson) => json.extensions.VRM;

describe('a VRM 0.x', () => {
  it('that uses every part of the format has no findings', () => {
    expect(checkVrm(makeVrm0Json()).findings).toEqual([]);
  });

  it.each<Case>([
    ['no hips', (json) => older(json).humanoid.humanBones.shift(), 'bones', `${vrm0}/humanoid/humanBones`],
    ['no bones at all', (json) => delete older(json).humanoid.humanBones, 'bones', `${vrm0}/humanoid/humanBones`],
    [
      'a bone at a missing node',
      (json) => (older(json).humanoid.humanBones[4].node = 99),
      'node',
      `${vrm0}/humanoid/humanBones/4/node`,
    ],
    [
      'an object instead of a list of groups',
      (json) => (older(json).blendShapeMaster.blendShapeGroups = {}),
      'structure',
      `${vrm0}/blendShapeMaster/blendShapeGroups`,
    ],
    [
      'an empty place in a list',
      (json) => (older(json).blendShapeMaster.blendShapeGroups[0].binds = [null]),
      'structure',
      `${vrm0}/blendShapeMaster/blendShapeGroups/0/binds/0`,
    ],
    [
      'a missing toon texture',
      (json) => (older(json).materialProperties[0].textureProperties = { _MainTex: 9 }),
      'texture',
      `${vrm0}/materialProperties/0/textureProperties/_MainTex`,
    ],
    [
      'an object instead of a color',
      (json) => (older(json).materialProperties[0].vectorProperties = { _Color: {} }),
      'structure',
      `${vrm0}/materialProperties/0/vectorProperties/_Color`,
    ],
    [
      'eyes outside of the scene',
      (json) => json.nodes[3].children.splice(0, 2),
      'apart',
      `${vrm0}/humanoid/humanBones/15/node`,
    ],
    ['no scene', (json) => (json.scene = 4), 'scene', '/scenes'],
  ])('with %s is damaged', (_, change, reason, pointer) => {
    expect(check(makeVrm0Json(), change)).toContain(`GAB_E_VRM ${reason} ${pointer}`);
  });

  it.each<Case>([
    [
      'a bone without a node',
      (json) => (older(json).humanoid.humanBones.at(-1).node = -1),
      'bone',
      `${vrm0}/humanoid/humanBones/16`,
    ],
    [
      'a group of a missing mesh',
      (json) => (older(json).blendShapeMaster.blendShapeGroups[0].binds[0].mesh = 7),
      'bind',
      `${vrm0}/blendShapeMaster/blendShapeGroups/0/binds/0`,
    ],
    [
      'a group that is there twice',
      (json) => older(json).blendShapeMaster.blendShapeGroups.push({ presetName: 'a' }),
      'preset',
      `${vrm0}/blendShapeMaster/blendShapeGroups/6`,
    ],
    [
      'a missing material',
      (json) => (older(json).blendShapeMaster.blendShapeGroups[5].materialValues[0].materialName = 'Eye'),
      'bind',
      `${vrm0}/blendShapeMaster/blendShapeGroups/5/materialValues/0/materialName`,
    ],
    [
      'swinging hair that is missing',
      (json) => (older(json).secondaryAnimation.boneGroups[0].bones = [99]),
      'spring',
      `${vrm0}/secondaryAnimation/boneGroups/0/bones/0`,
    ],
    [
      'an annotation of a missing mesh',
      (json) => (older(json).firstPerson.meshAnnotations[0].mesh = 9),
      'view',
      `${vrm0}/firstPerson/meshAnnotations/0/mesh`,
    ],
    ['no meta section', (json) => delete older(json).meta, 'meta', vrm0],
  ])('with %s loses only that part', (_, change, reason, pointer) => {
    expect(check(makeVrm0Json(), change)).toEqual([`GAB_W_VRM ${reason} ${pointer}`]);
  });
});

const vrma = '/extensions/VRMC_vrm_animation';
const motion = (json: LooseJson) => json.extensions.VRMC_vrm_animation;

describe('a VRMA', () => {
  it('that uses every part of the format has no findings', () => {
    expect(checkVrm(makeVrmaJson()).findings).toEqual([]);
  });

  it.each<Case>([
    [
      'a bone at a missing node',
      (json) => (motion(json).humanoid.humanBones.head.node = 99),
      'node',
      `${vrma}/humanoid/humanBones/head/node`,
    ],
    ['no scene', (json) => (json.scenes = []), 'scene', '/scenes'],
    ['no list of bones', (json) => (motion(json).humanoid = {}), 'structure', `${vrma}/humanoid/humanBones`],
    ['no hips', (json) => delete motion(json).humanoid.humanBones.hips, 'hips', '/animations/0/channels/0/target'],
    [
      'a bone that grows',
      (json) => (json.animations[0].channels[1].target.path = 'scale'),
      'path',
      '/animations/0/channels/1/target/path',
    ],
    [
      'an expression that turns',
      (json) => (json.animations[0].channels[2].target.path = 'rotation'),
      'path',
      '/animations/0/channels/2/target/path',
    ],
    [
      'a gaze that moves',
      (json) => (json.animations[0].channels[3].target.path = 'translation'),
      'path',
      '/animations/0/channels/3/target/path',
    ],
  ])('with %s is damaged', (_, change, reason, pointer) => {
    expect(check(makeVrmaJson(), change)).toContain(`GAB_E_VRM ${reason} ${pointer}`);
  });

  it('of an unknown version, or unlisted, is ignored', () => {
    const later: Change = (json) => (motion(json).specVersion = '2.0');
    expect(check(makeVrmaJson(), later)).toEqual([`GAB_W_VRM spec-version ${vrma}`]);
    expect(check(makeVrmaJson(), (json) => delete json.extensionsUsed)).toEqual([`GAB_W_VRM unlisted ${vrma}`]);
  });
});

it('a plain model has no VRM findings, whatever is in it', () => {
  expect(checkVrm({}).findings).toEqual([]);
  expect(checkVrm({ extensions: 1, nodes: null, extensionsUsed: 'VRM' }).findings).toEqual([]);
});
