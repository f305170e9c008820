import { has, listAt, objectAt, type Untyped } from '../untyped.ts';
import { VrmFindings } from './vrm-findings.ts';
import { looseIndex, VrmPlace } from './vrm-place.ts';

/** Without a version, three-vrm-animation assumes 1.0. */
const SPEC_VERSIONS: ReadonlySet<unknown> = new Set([undefined, null, '1.0', '1.0-draft']);

/** By the values in the file: three-vrm-animation compares them with those of the channels. */
interface AnimationNodes {
  readonly bones: ReadonlyMap<unknown, string>;
  readonly expressions: ReadonlySet<unknown>;
  readonly lookAt: unknown;
  readonly hasHips: boolean;
}

/** Checks a humanoid animation (`VRMC_vrm_animation`) as VRMAnimationLoaderPlugin reads it. */
export function checkVrmAnimation(gltf: Untyped): VrmFindings {
  const findings = new VrmFindings();
  const root = new VrmPlace(gltf);
  const extension = root.at('extensions').at('VRMC_vrm_animation');
  // three-vrm-animation is loaded for the name alone.
  if (!has(objectAt(gltf, 'extensions'), 'VRMC_vrm_animation')) return findings;
  const used = root.at('extensionsUsed');
  // A text has `indexOf`, too.
  const isList = Array.isArray(used.value) || typeof used.value === 'string';
  if (used.isPresent && !isList) findings.fault('structure', used);
  else if (!extension.isPresent) return findings;
  else if (!isList || !used.value.includes('VRMC_vrm_animation'))
    findings.loss('unlisted', extension, { extension: 'VRMC_vrm_animation' });
  else if (!SPEC_VERSIONS.has(extension.at('specVersion').value))
    findings.loss('spec-version', extension, { extension: 'VRMC_vrm_animation' });
  else if (!sceneOf(root).isPresent) findings.fault('scene', root.at('scenes'));
  else checkTracks(root, readNodes(extension, listAt(gltf, 'nodes'), findings), findings);
  return findings;
}

/** The scene that is shown, in which three-vrm-animation looks for the bones. */
function sceneOf(root: VrmPlace): VrmPlace {
  return root.at('scenes').at(looseIndex(root.at('scene').value) ?? 0);
}

function readNodes(extension: VrmPlace, nodes: readonly unknown[], findings: VrmFindings): AnimationNodes {
  const bones = new Map<unknown, string>();
  const humanoid = extension.at('humanoid');
  const humanBones = humanoid.at('humanBones');
  if (humanoid.isPresent && !humanBones.isPresent) findings.fault('structure', humanBones);
  for (const [name, bone] of humanBones.fields) {
    const place = bone.at('node');
    const node = place.indexInto(nodes);
    if (node !== undefined) bones.set(place.value, name);
    else if (place.isPresent) findings.fault('node', place, { bone: name });
  }
  const expressions = new Set<unknown>();
  for (const kind of ['preset', 'custom']) {
    for (const [, expression] of extension.at('expressions').at(kind).fields) {
      if (kind === 'custom' && !expression.isPresent) findings.fault('structure', expression);
      const node = expression.at('node');
      if (node.isPresent) expressions.add(node.value);
    }
  }
  const hasHips = humanBones.at('hips').at('node').isPresent;
  return { bones, expressions, lookAt: extension.at('lookAt').at('node').value, hasHips };
}

/** What each node of the animation may do; three-vrm-animation fails at anything else. */
function checkTracks(root: VrmPlace, nodes: AnimationNodes, findings: VrmFindings): void {
  const animations = root.at('animations');
  for (const index of listAt(root.value, 'animations').keys()) {
    const channels = animations.at(index).at('channels');
    for (const [at] of listAt(animations.at(index).value, 'channels').entries())
      checkChannel(channels.at(at).at('target'), nodes, findings);
  }
}

function checkChannel(
  target: VrmPlace,
  { bones, expressions, lookAt, hasHips }: AnimationNodes,
  findings: VrmFindings,
): void {
  const node = target.at('node').value;
  if (node === undefined || node === null) return;
  const path = target.at('path');
  const bone = bones.get(node);
  if (bone !== undefined) {
    const isKnown = path.value === 'translation' || path.value === 'rotation';
    if (!isKnown) findings.fault('path', path, { bone });
    else if (path.value === 'rotation' && !hasHips) findings.fault('hips', target, { bone });
  } else if (expressions.has(node)) {
    if (path.value !== 'translation') findings.fault('path', path);
  } else if (node === lookAt && path.value !== 'rotation') {
    findings.fault('path', path);
  }
}
