import type { ContentFinding } from '../probe.ts';
import type { Untyped } from '../untyped.ts';
import { findMovingExpressions } from './expressions.ts';
import { checkFirstPerson } from './first-person.ts';
import { checkHumanBones } from './human-bones.ts';
import { checkNodeConstraints } from './node-constraints.ts';
import { checkSpringBones } from './spring-bones.ts';
import { checkVrmAnimation } from './vrm-animation.ts';
import { VrmFindings } from './vrm-findings.ts';
import { checkLicenseUrl } from './vrm-license.ts';
import { checkVrmMaterials } from './vrm-materials.ts';
import { loadsWithThreeVrm, VrmModel } from './vrm-model.ts';

interface CheckedVrm {
  readonly findings: readonly ContentFinding[];
  /** See `readVrmExpressions`. */
  readonly expressions: ReadonlySet<string>;
}

/**
 * Checks the VRM data of a model or an animation by the rules of the installed three-vrm, which
 * draws it: GAB_E_VRM is what it fails at, GAB_W_VRM what it leaves out (gab-format 7.5).
 */
export function checkVrm(gltf: Untyped): CheckedVrm {
  const animation = checkVrmAnimation(gltf).all;
  if (!loadsWithThreeVrm(gltf)) return { findings: animation, expressions: new Set() };
  const model = new VrmModel(gltf);
  const findings = new VrmFindings();
  checkData(model, findings);
  checkLicenseUrl(model, findings);
  checkHumanBones(model, findings);
  const expressions = findMovingExpressions(model, findings);
  checkFirstPerson(model, findings);
  checkSpringBones(model, findings);
  checkNodeConstraints(model, findings);
  checkVrmMaterials(model, findings);
  return { findings: [...findings.all, ...animation], expressions };
}

/**
 * The names of the VRM expressions that move something, by their VRM 1.0 names; empty without VRM
 * data that three-vrm reads.
 */
export function readVrmExpressions(gltf: Untyped): ReadonlySet<string> {
  return loadsWithThreeVrm(gltf) ? findMovingExpressions(new VrmModel(gltf), new VrmFindings()) : new Set();
}

/** Whether three-vrm reads the VRM data at all. */
function checkData(model: VrmModel, findings: VrmFindings): void {
  const used = model.root.at('extensionsUsed');
  if (used.isPresent && !Array.isArray(used.value)) findings.fault('structure', used);
  if (!model.scene.isPresent) findings.fault('scene', model.root.at('scenes'));
  const current = model.extensions.at('VRMC_vrm');
  if (current.isPresent && !model.current) {
    const reason = model.isUsed('VRMC_vrm') ? 'spec-version' : 'unlisted';
    findings.loss(reason, current, { extension: 'VRMC_vrm' });
  }
  const read = model.current ?? model.older;
  if (!read) return;
  if (!model.meta) findings.loss('meta', read);
  if (!model.humanoid) findings.loss('humanoid', read);
}
