import { textAt } from '../content/untyped.ts';
import type { Side } from './sides.ts';

/** Bones that motions made for Mixamo rigs move (their names after the prefix). Fingers are left out: motions do without. */
const MIXAMO_BONES: ReadonlySet<string> = new Set(
  [
    'Hips Spine Spine1 Spine2 Neck Head',
    ...['Left', 'Right'].map((side) =>
      'Shoulder Arm ForeArm Hand UpLeg Leg Foot ToeBase'.replaceAll(/\w+/g, (bone) => side + bone),
    ),
  ].flatMap((bones) => bones.split(' ')),
);

/** What moves a rig from outside the model, and so finds joints by name. */
export interface RigNeeds {
  /** Whether something would look for this joint and not find it. */
  isNeeded(joint: string): boolean;
  /** Whether something that looked for `joint` does not find it under its new name. */
  isNeededAs(joint: string, newJoint: string): boolean;
}

/** By a bundle's own motions in files of their own, and by the rig it says it has. Clips inside the model know their joints by number. */
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
