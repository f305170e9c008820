import type { GabCode } from '../../codes.ts';
import { byReason, type Explain, entryOf, param } from '../../finding-text.ts';
import type { GabFinding } from '../../report.ts';

/** Where in the model's JSON, in parentheses; nothing for reports without it. */
function place({ pointer }: GabFinding): string {
  return pointer === undefined ? '' : ` (${pointer})`;
}

function faultOf(finding: GabFinding): string {
  const bone = param(finding, 'bone', 'of the figure');
  return byReason(
    finding,
    {
      structure: 'part of its VRM data has the wrong form',
      scene: 'it has no scene',
      bones: `it lacks ${param(finding, 'missingCount', 'some')} of the 15 bones that every figure needs (${param(finding, 'bones')})`,
      node: "its VRM data refers to a node that it doesn't have",
      'no-mesh': 'an expression moves a node that has no mesh',
      apart: `the bone “${bone}” isn't part of its scene`,
      license: 'it states no license, and the VRM loader refuses such files',
      texture: "a toon material refers to a texture that it doesn't have",
      shape: 'a collider of its spring bones has no shape',
      circle: 'its node constraints wait for each other in a circle',
      path: "its animation changes something that a VRM animation can't change",
      hips: 'its animation turns bones, but has no hips',
    },
    "its VRM data can't be loaded",
  );
}

function fixOf(finding: GabFinding): string {
  return byReason(
    finding,
    {
      bones: 'Assign the missing bones to the humanoid in your VRM exporter, then export it again.',
      license: 'Fill in the license in the VRM settings of your exporter, then export it again.',
      texture: 'Assign the texture again or remove it from the material, then export the model.',
      'no-mesh': 'Let the expression point at a mesh with morph targets, then export the model.',
      circle: 'Remove one of the constraints, then export the model again.',
      shape: 'Give each collider a sphere or a capsule, then export the model again.',
    },
    'Export the file again with a current VRM exporter, and open it in a VRM viewer.',
  );
}

function lossOf(finding: GabFinding): string {
  const extension = param(finding, 'extension', 'VRMC_vrm');
  return byReason(
    finding,
    {
      unlisted: `“${extension}” isn't listed in extensionsUsed`,
      'spec-version': `“${extension}” has a version that the VRM loader doesn't know`,
      meta: 'its VRM data has no meta section',
      humanoid: 'its VRM data has no humanoid',
      bone: 'some bones of its humanoid are empty or listed twice',
      preset: "some expressions have names that don't fit or are used twice",
      bind: "some expressions move meshes, morph targets or materials that it doesn't have",
      spring: "some spring bones or colliders refer to things that it doesn't have",
      view: "some settings of the first-person view refer to things that it doesn't have",
    },
    "part of its VRM data doesn't fit",
  );
}

/** Findings about the VRM data of models and animations. */
export const vrmFindingTexts = {
  GAB_E_VRM: (finding) => ({
    what: `The VRM ${entryOf(finding, 'file')} can't be loaded: ${faultOf(finding)}${place(finding)}.`,
    why: "The avatar can't be drawn.",
    fix: fixOf(finding),
  }),
  GAB_W_VRM: (finding) => ({
    what: `Part of the VRM data of ${entryOf(finding, 'the model')} is ignored: ${lossOf(finding)}${place(finding)}.`,
    why: 'The avatar is drawn, but this part of it has no effect.',
    fix: 'Correct or remove it in the program that made the model, then export it again.',
  }),
} as const satisfies Partial<Record<GabCode, Explain>>;
