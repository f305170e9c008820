import { listAt, textAt, type Untyped } from '../../shared/gab/content/untyped.ts';

export type Rig = 'mixamo' | 'vrm' | 'other' | 'none';

/** Bones with Mixamo names, with or without its prefix (Ready Player Me). */
const MIXAMO_BONES = ['hips', 'spine', 'leftarm', 'rightarm', 'leftupleg', 'rightupleg'];

/** Determines the rig of a model from its nodes. */
export function rigOf(gltf: Untyped, isVrm: boolean): Rig {
  if (isVrm) return 'vrm';
  if (listAt(gltf, 'skins').length === 0) return 'none';
  const names = new Set(
    listAt(gltf, 'nodes').map((node) => (textAt(node, 'name') ?? '').toLowerCase().replace(/^mixamorig\d*[:_]?/, '')),
  );
  return MIXAMO_BONES.every((bone) => names.has(bone)) ? 'mixamo' : 'other';
}
