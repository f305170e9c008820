import { type AnimationClip, type KeyframeTrack, Mesh, type Object3D, PropertyBinding } from 'three';

/** What the animations of a model would move wrong. */
export function findClipFaults(clips: readonly AnimationClip[], scenes: readonly Object3D[]): readonly string[] {
  return clips.flatMap(({ name, tracks }) =>
    tracks.flatMap((track) => {
      const fault = findTrackFault(track, scenes);
      return fault === null ? [] : [`animation ${name}: ${fault}`];
    }),
  );
}

function findTrackFault(track: KeyframeTrack, scenes: readonly Object3D[]): string | null {
  const { times, values } = track;
  if (times.length === 0) return 'no keyframes';
  if (![...times, ...values].every(Number.isFinite)) return 'keyframes are not finite';
  const size = values.length / times.length;
  const expected = sizesOf(track, scenes);
  return expected.length === 0 || expected.includes(size) ? null : `${size} values for a keyframe`;
}

/** Numbers in one keyframe, for straight and for curved interpolation; empty if it moves nothing. */
function sizesOf(track: KeyframeTrack, scenes: readonly Object3D[]): readonly number[] {
  const single = singleSizeOf(track, scenes);
  return single === 0 ? [] : [single, 3 * single];
}

const VECTOR_SIZES: ReadonlyMap<string, number> = new Map([
  ['position', 3],
  ['scale', 3],
  ['quaternion', 4],
]);

function singleSizeOf(track: KeyframeTrack, scenes: readonly Object3D[]): number {
  const { nodeName, propertyName } = PropertyBinding.parseTrackName(track.name);
  if (propertyName !== 'morphTargetInfluences') return VECTOR_SIZES.get(propertyName) ?? 0;
  for (const scene of scenes) {
    const node: unknown = PropertyBinding.findNode(scene, nodeName);
    if (node instanceof Mesh) return node.morphTargetInfluences?.length ?? 0;
  }
  return 0;
}
