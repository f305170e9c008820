import type { VRM } from '@pixiv/three-vrm';
import type { AnimationClip, Object3D } from 'three';
import type { GLTF } from 'three/addons/loaders/GLTFLoader.js';
import type { PreviewClip } from '../../../shared/contract/preview-frame.ts';
import type { GabAsset } from '../../../shared/gab/manifest/manifest.ts';
import type { BodyInput } from './body-input.ts';
import { describeClips } from './clip-names.ts';
import { disposeObject } from './dispose-object.ts';
import { loadModelFile } from './model-file.ts';
import { retargetClip } from './retarget.ts';

/** The clips that fit the body, by the id that the window uses. */
export interface BodyClips {
  readonly described: readonly PreviewClip[];
  readonly byId: ReadonlyMap<string, AnimationClip>;
  /** Clips that move a VRM through its humanoid instead of its bones. */
  readonly humanoid: ReadonlySet<string>;
}

interface FoundClip {
  readonly asset: GabAsset;
  readonly clip: AnimationClip;
  readonly isHumanoid: boolean;
}

interface ClipOwner {
  readonly asset: GabAsset;
  readonly gltf: GLTF;
  readonly root: Object3D;
  readonly vrm: VRM | null;
}

/**
 * The clips of the body's own file, then those of the animation assets in the order of the
 * manifest.
 */
export async function findClips(owner: ClipOwner, input: BodyInput): Promise<BodyClips> {
  const found: FoundClip[] = owner.gltf.animations.map((clip) => ({ asset: owner.asset, clip, isHumanoid: false }));
  for (const asset of input.bundle.manifest.assets) {
    if (asset.kind !== 'animation' || !input.isCurrent()) continue;
    found.push(...(await readAnimation(asset, owner, input)));
  }
  const described = describeClips(
    found.map(({ asset, clip }) => ({
      assetId: asset.id,
      assetTitle: asset.title ?? asset.id,
      name: clip.name,
      seconds: clip.duration,
    })),
    input.bundle.manifest.animations,
  );
  const withIds = found.map((one, index) => ({ ...one, id: described[index]?.id ?? '' }));
  return {
    described,
    byId: new Map(withIds.map(({ id, clip }) => [id, clip])),
    humanoid: new Set(withIds.flatMap(({ id, isHumanoid }) => (isHumanoid ? [id] : []))),
  };
}

async function readAnimation(asset: GabAsset, owner: ClipOwner, input: BodyInput): Promise<FoundClip[]> {
  const { gltf } = await loadModelFile(input.bundle, asset.id, input.renderer);
  try {
    const humanoid = await humanoidClips(gltf, owner.vrm);
    const plain = gltf.animations.flatMap((clip) => retargetClip(clip, owner.root) ?? []);
    const fitting = humanoid.length > 0 ? humanoid : plain;
    return fitting.map((clip) => ({ asset, clip, isHumanoid: humanoid.length > 0 }));
  } finally {
    // Only the animation is needed, not the figure that comes with it.
    disposeObject(gltf.scene);
  }
}

async function humanoidClips(gltf: GLTF, vrm: VRM | null): Promise<AnimationClip[]> {
  const listed: unknown = gltf.userData.vrmAnimations;
  if (!Array.isArray(listed) || !vrm) return [];
  const { createVRMAnimationClip, VRMAnimation } = await import('@pixiv/three-vrm-animation');
  // The file's own `extras` are in the same object, so only instances made by the loader are used.
  const animations = listed.filter((animation) => animation instanceof VRMAnimation);
  return animations.map((animation, index) => {
    const clip = createVRMAnimationClip(animation, vrm);
    clip.name = gltf.animations[index]?.name ?? '';
    return clip;
  });
}
