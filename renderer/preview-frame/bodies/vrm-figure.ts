import type { VRM } from '@pixiv/three-vrm';
import type { Camera } from 'three';
import type { GLTF } from 'three/addons/loaders/GLTFLoader.js';
import type { FindBone } from './landmarks.ts';
import { RelaxedPose } from './relaxed-pose.ts';

/** Hair and clothes swing this long after the last movement. */
const SETTLE_SECONDS = 1.5;

/**
 * The parts that VRM adds to a model: expressions, eyes that follow the camera, springs, a
 * humanoid.
 */
export class VrmFigure {
  readonly vrm: VRM;
  /** Only those that move something, without the directions of the eyes. */
  readonly expressions: readonly string[];
  readonly #hasSprings: boolean;
  #moved: ReadonlySet<string> = new Set();
  #relaxed: RelaxedPose | null = null;
  #settleSeconds = SETTLE_SECONDS;

  private constructor(vrm: VRM, camera: Camera, expressions: readonly string[]) {
    this.vrm = vrm;
    const directions = vrm.expressionManager?.lookAtExpressionNames ?? [];
    this.expressions = expressions.filter((name) => !directions.includes(name));
    this.#hasSprings = (vrm.springBoneManager?.joints.size ?? 0) > 0;
    if (vrm.lookAt) vrm.lookAt.target = camera;
  }

  static async of(gltf: GLTF, camera: Camera): Promise<VrmFigure | null> {
    const vrm: unknown = gltf.userData.vrm;
    if (!vrm) return null;
    const { VRM: Vrm, VRMUtils } = await import('@pixiv/three-vrm');
    // The file's own `extras` are in the same object: anybody can write "vrm" there.
    if (!(vrm instanceof Vrm)) return null;
    // VRM 0.x models look along -z.
    VRMUtils.rotateVRM0(vrm);
    const { movingExpressions } = await import('../loaders/moving-expressions.ts');
    return new VrmFigure(vrm, camera, movingExpressions(vrm));
  }

  readonly findBone: FindBone = (bone) => this.vrm.humanoid.getRawBoneNode(bone === 'chest' ? 'chest' : bone);

  apply(weights: ReadonlyMap<string, number>): void {
    for (const name of this.#moved) if (!weights.has(name)) this.vrm.expressionManager?.setValue(name, 0);
    for (const [name, weight] of weights) this.vrm.expressionManager?.setValue(name, weight);
    this.#moved = new Set(weights.keys());
  }

  /**
   * The pose of the humanoid would overwrite a clip of plain bones, so it is switched off for
   * those.
   */
  setHumanoidPose(isUsed: boolean): void {
    this.vrm.humanoid.autoUpdateHumanBones = isUsed;
    if (isUsed) this.vrm.humanoid.resetNormalizedPose();
    if (isUsed) this.#relaxed?.apply();
  }

  /** For figures without clips, which would stand with spread arms. */
  relax(): void {
    this.#relaxed = new RelaxedPose(this.vrm);
    this.#relaxed.apply();
    this.vrm.humanoid.update();
  }

  setBreathing(isBreathing: boolean): void {
    this.#relaxed?.setBreathing(isBreathing);
  }

  /** True while it breathes or springs still swing. */
  update(deltaSeconds: number, isMoving: boolean): boolean {
    const isBreathing = this.#relaxed?.update(deltaSeconds) ?? false;
    this.#settleSeconds = isMoving || isBreathing ? SETTLE_SECONDS : Math.max(0, this.#settleSeconds - deltaSeconds);
    this.vrm.update(deltaSeconds);
    return isBreathing || (this.#hasSprings && this.#settleSeconds > 0);
  }

  /** Restarts the springs after a jump. */
  disturb(): void {
    this.#settleSeconds = SETTLE_SECONDS;
  }
}
