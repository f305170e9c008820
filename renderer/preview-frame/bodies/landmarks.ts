import { Box3, type Object3D, Vector3 } from 'three';
import type { Landmarks, Point } from '../view/framing.ts';
import { plainBoneName } from './retarget.ts';

/** Names of humanoid bones in common software, the best match first. */
const BONES = {
  hips: ['hips', 'hip', 'pelvis'],
  chest: ['upperchest', 'chest', 'spine2', 'spine1', 'spine'],
  head: ['head'],
} as const;
type Bone = keyof typeof BONES;

/** Returns the node of a bone if the format itself defines it. */
export type FindBone = (bone: Bone) => Object3D | null;

/** Where the parts of an avatar are, from its skin and bones in their current pose. */
export function findLandmarks(root: Object3D, findBone: FindBone = () => null): Landmarks {
  root.updateWorldMatrix(true, true);
  const box = new Box3().setFromObject(root);
  // Without anything to see, or with invalid corners, a default box is used: a camera without a
  // position shows nothing.
  const isMeasured = !box.isEmpty() && [...box.min.toArray(), ...box.max.toArray()].every(Number.isFinite);
  if (!isMeasured) box.set(new Vector3(-0.5, 0, -0.5), new Vector3(0.5, 1, 0.5));
  const byName = bonesByName(root);
  const placeOf = (bone: Bone): Point | null => {
    const node = findBone(bone) ?? BONES[bone].map((name) => byName.get(name)).find((found) => found !== undefined);
    if (!node) return null;
    const place = node.getWorldPosition(new Vector3());
    // A bone outside the skin is ignored: the skeleton may use other units.
    return box.containsPoint(place) ? place.toArray() : null;
  };
  return {
    min: box.min.toArray(),
    max: box.max.toArray(),
    hipsY: placeOf('hips')?.[1] ?? null,
    chestY: placeOf('chest')?.[1] ?? null,
    head: placeOf('head'),
  };
}

function bonesByName(root: Object3D): ReadonlyMap<string, Object3D> {
  const bones = new Map<string, Object3D>();
  root.traverse((object) => {
    const name = plainBoneName(object.name);
    if (name && !bones.has(name)) bones.set(name, object);
  });
  return bones;
}
