import { listAt, textAt, type Untyped } from '../../shared/gab/content/untyped.ts';

export type Rig = 'mixamo' | 'vrm' | 'other' | 'none';

/** Bones as Mixamo names them, with its prefix or without (Ready Player Me). */
const MIXAMO_BONES = ['hips', 'spine', 'leftarm', 'rightarm', 'leftupleg', 'rightupleg'];

/** What moves the model, from its own nodes. */
export function rigOf(gltf: Untyped, isVrm: boolean): Rig {
  if (isVrm) return 'vrm';
  if (listAt(gltf, 'skins').length === 0) return 'none';
  const names = new Set(
    listAt(gltf, 'nodes').map((node) => (textAt(node, 'name') ?? '').toLowerCase().replace(/^mixamorig\d*[:_]?/, '')),
  );
  return MIXAMO_BONES.every((bone) => names.has(bone)) ? 'mixamo' : 'other';
}
