import { SUPPORTED_EXTENSIONS } from '../content/supported-extensions.ts';
import { MAX_TRIANGLES } from '../limits.ts';
import type { AssetSummary } from './bundle-summary.ts';
import type { DifferenceVerdict } from './comparison.ts';
import type { DifferenceList } from './difference-list.ts';
import type { ModelPair } from './model-pair.ts';
import { compareNames, describeRename } from './renames.ts';
import { type RigNeeds, rigNeedsOf } from './rig-needs.ts';
import type { Sides } from './sides.ts';
import { compareTextures } from './texture-differences.ts';

/** Cleaning up a mesh changes less than this share of its triangles, without visible effect. */
const UNSEEN_TRIANGLES = 0.1;

export function compareModels(sides: Sides, list: DifferenceList): void {
  for (const [asset, newAsset] of sides.match.pairs) {
    if (asset.sha256 === newAsset.sha256 || !asset.model || !newAsset.model) continue;
    const pair = { path: newAsset.path, before: asset.model, after: newAsset.model };
    compareMeshes(pair, list);
    compareMaterials(pair, list);
    compareTextures(pair, list);
    compareJoints(pair, rigNeedsOf(sides.after), list);
    compareVrm(pair, list);
    compareExtensions(pair, list);
    if (isFace(sides, asset)) continue;
    // For the face, morphs are compared together with the rest of the face.
    reportMorphs(pair, list);
  }
}

function isFace({ before, after, newId }: Sides, { id }: AssetSummary): boolean {
  return before.faceAsset?.id === id && after.faceAsset?.id === newId(id);
}

function compareMeshes({ path, before, after }: ModelPair, list: DifferenceList): void {
  const report = (code: 'model-meshes' | 'model-triangles' | 'model-vertices', verdict: DifferenceVerdict) => {
    const key = ({ 'model-meshes': 'meshes', 'model-triangles': 'triangles', 'model-vertices': 'vertices' } as const)[
      code
    ];
    if (before[key] !== after[key]) list.add(code, verdict, { path, before: before[key], after: after[key] });
  };
  report('model-meshes', 'visible');
  report('model-triangles', judgeTriangles(before.triangles, after.triangles));
  report('model-vertices', 'harmless');
}

function judgeTriangles(before: number, after: number): DifferenceVerdict {
  const isOverBudget = after > MAX_TRIANGLES && before <= MAX_TRIANGLES;
  const change = Math.abs(after - before) / Math.max(after, before, 1);
  return isOverBudget || change >= UNSEEN_TRIANGLES ? 'visible' : 'harmless';
}

function compareMaterials({ path, before, after }: ModelPair, list: DifferenceList): void {
  const { added, removed, renamed } = compareNames(before.materials, after.materials);
  list.addNames('materials-removed', 'visible', { path, names: removed });
  list.addNames('materials-added', 'visible', { path, names: added });
  list.addNames('materials-renamed', 'harmless', { path, names: renamed.map(describeRename) });
}

function compareJoints({ path, before, after }: ModelPair, needs: RigNeeds, list: DifferenceList): void {
  const { added, removed, renamed } = compareNames(before.joints, after.joints);
  const verdict = removed.some((joint) => needs.isNeeded(joint)) ? 'breaks-runtime' : 'visible';
  list.addNames('joints-removed', verdict, { path, names: removed });
  const isCutOff = renamed.some(([joint, newJoint]) => needs.isNeededAs(joint, newJoint));
  const names = renamed.map(describeRename);
  list.addNames('joints-renamed', isCutOff ? 'breaks-runtime' : 'harmless', { path, names });
  list.addNames('joints-added', 'harmless', { path, names: added });
}

function compareVrm({ path, before, after }: ModelPair, list: DifferenceList): void {
  if (before.isVrm && !after.isVrm) list.add('model-vrm-removed', 'breaks-runtime', { path });
  if (!before.isVrm && after.isVrm) list.add('model-vrm-added', 'visible', { path });
  const bones = compareNames(before.humanBones, after.humanBones);
  list.addNames('human-bones-removed', 'breaks-runtime', { path, names: gone(bones) });
  list.addNames('human-bones-added', 'harmless', { path, names: come(bones) });
  const expressions = compareNames(before.vrmExpressions, after.vrmExpressions);
  list.addNames('vrm-expressions-removed', 'visible', { path, names: gone(expressions) });
  list.addNames('vrm-expressions-added', 'visible', { path, names: come(expressions) });
}

type Changes = ReturnType<typeof compareNames>;

/** Names of a fixed set: a similar name is another item, not a renamed one. */
const gone = ({ removed, renamed }: Changes) => [...removed, ...renamed.map(([name]) => name)].toSorted();
const come = ({ added, renamed }: Changes) => [...added, ...renamed.map(([, name]) => name)].toSorted();

function compareExtensions({ path, before, after }: ModelPair, list: DifferenceList): void {
  const changes = compareNames(before.requiredExtensions, after.requiredExtensions);
  const added = come(changes);
  const isUnsupported = added.some((extension) => !SUPPORTED_EXTENSIONS.has(extension));
  list.addNames('glb-extensions-added', isUnsupported ? 'breaks-runtime' : 'harmless', { path, names: added });
  list.addNames('glb-extensions-removed', 'harmless', { path, names: gone(changes) });
}

function reportMorphs({ path, before, after }: ModelPair, list: DifferenceList): void {
  const { added, removed, renamed } = compareNames(before.morphs, after.morphs);
  list.addNames('morphs-renamed', 'visible', { path, names: renamed.map(describeRename) });
  list.addNames('morphs-removed', 'visible', { path, names: removed });
  list.addNames('morphs-added', 'harmless', { path, names: added });
}
