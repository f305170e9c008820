import { textAt } from '../content/untyped.ts';
import type { Side } from './sides.ts';

/**
 * Bones that animations for Mixamo rigs move (names without the prefix). Fingers are left out,
 * because animations work without them.
 */
const MIXAMO_BONES: ReadonlySet<string> = new Set(
  [
    'Hips Spine Spine1 Spine2 Neck Head',
    ...['Left', 'Right'].map((side) =>
      'Shoulder Arm ForeArm Hand UpLeg Leg Foot ToeBase'.replaceAll(/\w+/g, (bone) => side + bone),
    ),
  ].flatMap((bones) => bones.split(' ')),
);

/** What animates a rig from outside the model, and therefore finds joints by name. */
export interface RigNeeds {
  /** Whether something would look for this joint and not find it. */
  isNeeded(joint: string): boolean;
  /** Whether something that used `joint` can't find it under its new name. */
  isNeededAs(joint: string, newJoint: string): boolean;
}

/**
 * Based on the bundle's separate animation files and on the rig it declares. Clips inside the model
 * refer to joints by number.
 */
export function rigNeedsOf({ summary, body }: Side): RigNeeds {
  const targets = new Set(
    summary.assets.filter(({ kind }) => kind === 'animation').flatMap(({ model }) => model?.clipTargets ?? []),
  );
  const rig = textAt(body, 'rig');
  const isOfRig = (joint: string) => rig === 'flame' || (rig === 'mixamo' && MIXAMO_BONES.has(withoutPrefix(joint)));
  return {
    isNeeded: (joint) => targets.has(joint) || isOfRig(joint),
    isNeededAs: (joint, newJoint) =>
      targets.has(joint) || (isOfRig(joint) && withoutPrefix(joint) !== withoutPrefix(newJoint)),
  };
}

/** `mixamorig:Hips`, `mixamorig1:Hips` and `Hips` are one bone. */
function withoutPrefix(joint: string): string {
  return joint.replace(/^mixamorig\d*[:_]?/i, '');
}
