import type { VrmFindings } from './vrm-findings.ts';
import { hasKnownSpecVersion, type VrmModel } from './vrm-model.ts';
import type { VrmPlace } from './vrm-place.ts';

const EXTENDED_COLLIDER = 'VRMC_springBone_extended_collider';

/** Hair and clothes that swing: what VRMSpringBoneLoaderPlugin fails at, and what it leaves out. */
export function checkSpringBones(model: VrmModel, findings: VrmFindings): void {
  const springBone = model.extensions.at('VRMC_springBone');
  const isRead = model.isUsed('VRMC_springBone') && Boolean(springBone.value) && hasKnownSpecVersion(springBone);
  if (isRead) checkCurrent(springBone, model, findings);
  else if (model.isUsed('VRM') && model.older) checkOlder(model.older.at('secondaryAnimation'), model, findings);
}

function checkCurrent(extension: VrmPlace, model: VrmModel, findings: VrmFindings): void {
  const colliders = extension.at('colliders');
  for (const collider of findings.items(colliders)) checkCollider(collider, model, findings);
  const groups = extension.at('colliderGroups');
  for (const group of findings.items(groups)) checkReferences(group.at('colliders'), colliders, findings);
  for (const spring of findings.items(extension.at('springs'))) {
    checkReferences(spring.at('colliderGroups'), groups, findings);
    checkCenter(spring.at('center'), model, findings);
    checkJoints(spring.at('joints'), model, findings);
  }
}

function checkCollider(collider: VrmPlace, model: VrmModel, findings: VrmFindings): void {
  if (collider.at('node').indexInto(model.nodes) === undefined) {
    findings.loss('spring', collider.at('node'));
    return;
  }
  const extended = collider.at('extensions').at(EXTENDED_COLLIDER);
  const isRead = extended.isPresent && extended.at('specVersion').value === '1.0';
  const shapes = isRead ? [extended.at('shape'), collider.at('shape')] : [collider.at('shape')];
  for (const shape of shapes) {
    if (!shape.isPresent) {
      findings.fault('shape', shape);
      return;
    }
    const kinds =
      shape.at('sphere').value || shape.at('capsule').value || (shape !== shapes.at(-1) && shape.at('plane').value);
    if (kinds) return;
  }
  findings.loss('spring', collider.at('shape'));
}

/** Indices into another list; three-vrm leaves out those that name nothing. */
function checkReferences(indices: VrmPlace, list: VrmPlace, findings: VrmFindings): void {
  if (!indices.isPresent) return;
  if (!Array.isArray(indices.value)) {
    findings.fault('structure', indices);
    return;
  }
  const items: readonly unknown[] = Array.isArray(list.value) ? list.value : [];
  for (const index of indices.value.keys()) {
    if (indices.at(index).indexInto(items) === undefined) findings.loss('spring', indices.at(index));
  }
}

function checkCenter(center: VrmPlace, model: VrmModel, findings: VrmFindings): void {
  // VRM 0.x writes -1 for none.
  if (!center.isPresent || center.value === -1) return;
  if (center.indexInto(model.nodes) === undefined) findings.loss('spring', center);
}

/**
 * Each joint but the last is a bone that swings; the last one is only the end of the chain, so it
 * may be missing. Nothing at the start of the list is skipped, but not after it.
 */
function checkJoints(joints: VrmPlace, model: VrmModel, findings: VrmFindings): void {
  if (!Array.isArray(joints.value)) {
    findings.fault('structure', joints);
    return;
  }
  const items = joints.value.map((_, index) => joints.at(index));
  const chain = items.slice(items.findIndex(({ value }) => Boolean(value)));
  for (const [index, joint] of chain.entries()) {
    const node = joint.at('node');
    if (index > 0 && !joint.isPresent) findings.fault('structure', joint);
    else if (node.indexInto(model.nodes) !== undefined) continue;
    else if (index < chain.length - 1) findings.fault('node', node);
    else findings.loss('spring', node);
  }
}

function checkOlder(animation: VrmPlace, model: VrmModel, findings: VrmFindings): void {
  const boneGroups = animation.at('boneGroups');
  if (!boneGroups.value) return;
  const groups = animation.at('colliderGroups');
  for (const group of findings.items(groups)) {
    if (group.at('node').indexInto(model.nodes) === undefined) findings.loss('spring', group.at('node'));
    else findings.items(group.at('colliders'));
  }
  for (const group of findings.items(boneGroups)) {
    if (!group.at('bones').value) continue;
    checkReferences(group.at('bones'), model.root.at('nodes'), findings);
    checkReferences(group.at('colliderGroups'), groups, findings);
    checkCenter(group.at('center'), model, findings);
  }
}
