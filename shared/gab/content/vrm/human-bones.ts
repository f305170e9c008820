import type { VrmFindings } from './vrm-findings.ts';
import type { VrmModel, VrmPart } from './vrm-model.ts';
import type { VrmPlace } from './vrm-place.ts';

/** Without any of these, VRMHumanoidLoaderPlugin throws. A test compares them with its own list. */
export const REQUIRED_BONES: readonly string[] = [
  'hips',
  'spine',
  'head',
  'leftUpperLeg',
  'leftLowerLeg',
  'leftFoot',
  'rightUpperLeg',
  'rightLowerLeg',
  'rightFoot',
  'leftUpperArm',
  'leftLowerArm',
  'leftHand',
  'rightUpperArm',
  'rightLowerArm',
  'rightHand',
];

/** The bones of both generations and the nodes that they are, with faults that stop three-vrm. */
export function checkHumanBones(model: VrmModel, findings: VrmFindings): void {
  const { humanoid } = model;
  if (!humanoid) return;
  const bones = readBones(humanoid, model, findings);
  const missing = REQUIRED_BONES.filter((bone) => !bones.has(bone));
  if (missing.length > 0) {
    const params = { bones: missing.join(' '), missingCount: missing.length };
    findings.fault('bones', humanoid.place.at('humanBones'), params);
  }
  checkPlacement(bones, model, findings);
}

interface Bone {
  readonly node: number;
  readonly place: VrmPlace;
}

function readBones({ version, place }: VrmPart, model: VrmModel, findings: VrmFindings): Map<string, Bone> {
  const humanBones = place.at('humanBones');
  if (version === 0) return readOlderBones(humanBones, model, findings);
  // three-vrm asks this object for older names of the thumbs first.
  if (!humanBones.isPresent) findings.fault('structure', humanBones);
  const bones = new Map<string, Bone>();
  for (const [name, bone] of humanBones.fields) {
    const node = bone.at('node').indexInto(model.nodes);
    if (node === undefined) findings.fault('node', bone.at('node'), { bone: name });
    else bones.set(name, { node, place: bone.at('node') });
  }
  return bones;
}

function readOlderBones(list: VrmPlace, model: VrmModel, findings: VrmFindings): Map<string, Bone> {
  const bones = new Map<string, Bone>();
  for (const item of findings.items(list)) {
    const name = item.at('bone');
    const place = item.at('node');
    const isIgnored = !name.isPresent || !place.isPresent || (typeof place.value === 'number' && place.value < 0);
    if (isIgnored || bones.has(String(name.value))) {
      findings.loss('bone', item);
      continue;
    }
    const node = place.indexInto(model.nodes);
    if (node === undefined) findings.fault('node', place, { bone: String(name.value) });
    else bones.set(String(name.value), { node, place });
  }
  return bones;
}

/**
 * The figure moves its hips inside their parent, and its eyes if they are moved by bones: a bone
 * that hangs nowhere stops it.
 */
function checkPlacement(bones: ReadonlyMap<string, Bone>, model: VrmModel, findings: VrmFindings): void {
  const moved = [...(model.hasFigure ? ['hips'] : []), ...(hasEyeBones(model) ? ['leftEye', 'rightEye'] : [])];
  for (const name of moved) {
    const bone = bones.get(name);
    if (bone && !model.hasParent(bone.node)) findings.fault('apart', bone.place, { bone: name });
  }
}

function hasEyeBones({ current, older, expressions }: VrmModel): boolean {
  if (!expressions) return false;
  const lookAt = current?.at('lookAt');
  if (lookAt?.value) return lookAt.at('type').value !== 'expression';
  const firstPerson = older?.at('firstPerson');
  return Boolean(firstPerson?.value) && firstPerson?.at('lookAtTypeName').value !== 'BlendShape';
}
