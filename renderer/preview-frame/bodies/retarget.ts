import { AnimationClip, type KeyframeTrack, type Object3D, PropertyBinding } from 'three';

/**
 * Adapts a clip of one file to the skeleton of another. Tracks find their node by its name, or by
 * the name without the prefix of the exporting software ("mixamorigHips" is "Hips"). Tracks without
 * a node are left out; null if none is left.
 */
export function retargetClip(clip: AnimationClip, root: Object3D): AnimationClip | null {
  const names = nodeNames(root);
  const tracks = clip.tracks.flatMap((track) => retargetTrack(track, names));
  return tracks.length > 0 ? new AnimationClip(clip.name, clip.duration, tracks) : null;
}

/** The name of a bone without the prefix of the software that exported it. */
export function plainBoneName(name: string): string {
  return name
    .replace(/^.*[:|]/, '')
    .replace(/^mixamorig\d*_?/i, '')
    .toLowerCase();
}

function nodeNames(root: Object3D): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  root.traverse(({ name }) => {
    if (!name) return;
    names.set(name, name);
    const plain = plainBoneName(name);
    if (!names.has(plain)) names.set(plain, name);
  });
  return names;
}

function retargetTrack(track: KeyframeTrack, names: ReadonlyMap<string, string>): KeyframeTrack[] {
  const { nodeName } = PropertyBinding.parseTrackName(track.name);
  const found = names.get(nodeName) ?? names.get(plainBoneName(nodeName));
  if (found === undefined) return [];
  const copy = track.clone();
  copy.name = found + track.name.slice(nodeName.length);
  return [copy];
}
