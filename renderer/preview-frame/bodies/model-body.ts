import { Group } from 'three';
import type { FaceState } from '../face/face-state.ts';
import { PreviewFailure } from '../failure.ts';
import type { Body } from './body.ts';
import type { BodyInput } from './body-input.ts';
import { ClipPlayer } from './clip-player.ts';
import { disposeObject } from './dispose-object.ts';
import { findLandmarks } from './landmarks.ts';
import { type BodyClips, findClips } from './model-clips.ts';
import { loadModelFile, type ModelFile } from './model-file.ts';
import { MorphSet } from './morph-set.ts';
import { VrmFigure } from './vrm-figure.ts';

/** A body made of meshes: GLB or VRM, with its clips and those of the animation assets. */
export async function createModelBody(input: BodyInput): Promise<Body> {
  const { manifest } = input.bundle;
  const asset = manifest.assets.find(({ id }) => id === manifest.body.main);
  if (!asset) throw new PreviewFailure('damaged', 'the body has no model');
  const file = await loadModelFile(input.bundle, asset.id, input.renderer);
  const vrm = await VrmFigure.of(file.gltf, input.camera);
  const root = new Group().add(vrm?.vrm.scene ?? file.gltf.scene);
  const owner = { asset, gltf: file.gltf, root, vrm: vrm?.vrm ?? null };
  try {
    return new ModelBody({ root, file, vrm, clips: await findClips(owner, input) });
  } catch (error) {
    disposeObject(root);
    throw error;
  }
}

interface ModelParts {
  readonly root: Group;
  readonly file: ModelFile;
  readonly vrm: VrmFigure | null;
  readonly clips: BodyClips;
}

class ModelBody implements Body {
  readonly root: Group;
  readonly landmarks;
  readonly clips;
  readonly model;
  readonly morphs;
  readonly expressions;
  readonly triangles;
  readonly splatPoints = 0;
  readonly memoryBytes;
  readonly #vrm: VrmFigure | null;
  readonly #morphSet: MorphSet;
  readonly #player: ClipPlayer;
  readonly #humanoidClips: ReadonlySet<string>;
  #faceMorphs: FaceState['morphs'] = new Map();

  constructor({ root, file, vrm, clips }: ModelParts) {
    this.root = root;
    // The skin can leave the bounding box of the rest pose: culling by it would make a waving arm
    // vanish.
    root.traverse((object) => {
      object.frustumCulled = false;
    });
    this.#vrm = vrm;
    this.#morphSet = new MorphSet(root);
    this.#player = new ClipPlayer(root, clips.byId);
    this.#humanoidClips = clips.humanoid;
    this.clips = clips.described;
    this.model = file.facts;
    this.morphs = this.#morphSet.names;
    this.expressions = vrm?.expressions ?? [];
    this.triangles = file.facts.triangles;
    this.memoryBytes = file.memoryBytes;
    if (clips.described.length === 0) vrm?.relax();
    this.landmarks = findLandmarks(root, vrm?.findBone);
  }

  applyFace({ morphs, expressions }: FaceState): void {
    this.#vrm?.apply(expressions);
    this.#faceMorphs = morphs;
  }

  playClip(clipId: string | null): void {
    this.#vrm?.setHumanoidPose(clipId === null || this.#humanoidClips.has(clipId));
    this.#player.play(clipId);
    this.#vrm?.disturb();
  }

  setIdling(isIdling: boolean): void {
    this.#vrm?.setBreathing(isIdling);
  }

  setPaused(isPaused: boolean): void {
    this.#player.setPaused(isPaused);
  }

  update(deltaSeconds: number): boolean {
    const { isMoving } = this.#player;
    this.#player.update(deltaSeconds);
    const isSwinging = this.#vrm?.update(deltaSeconds, isMoving) ?? false;
    // Last, because the sliders take precedence over the clip and the expressions.
    this.#morphSet.apply(this.#faceMorphs);
    return isMoving || isSwinging;
  }

  ready(draw: () => void): Promise<void> {
    draw();
    return Promise.resolve();
  }

  dispose(): void {
    this.#player.dispose();
    disposeObject(this.root);
  }
}
