import type { VRM } from '@pixiv/three-vrm';

/** How far the arms of a T-pose are lowered, in radians: they hang beside the body, free of it. */
const ARM_RADIANS = 1.25;
/** Breaths per second, and how far the chest moves with each, in radians. */
const BREATHS_PER_SECOND = 0.25;
const BREATH_RADIANS = 0.018;

/**
 * How far to turn an upper arm around the line of sight so that it hangs; 0 if it already points
 * down. `elbow` is seen from the shoulder.
 */
export function loweringOf(elbow: { readonly x: number; readonly y: number }): number {
  const isSpread = Math.abs(elbow.x) > Math.abs(elbow.y);
  return isSpread ? -Math.sign(elbow.x) * ARM_RADIANS : 0;
}

/** How far the chest leans back at this time, in radians. */
export function breathAt(seconds: number): number {
  return -BREATH_RADIANS * (1 - Math.cos(2 * Math.PI * BREATHS_PER_SECOND * seconds)) * 0.5;
}

/** How a person without a clip stands: arms down instead of spread, and breathing. */
export class RelaxedPose {
  readonly #humanoid: VRM['humanoid'];
  #isBreathing = false;
  #seconds = 0;

  constructor({ humanoid }: VRM) {
    this.#humanoid = humanoid;
  }

  /** In the normalized humanoid, bones are not turned, so an elbow is where the model has it. */
  apply(): void {
    for (const side of ['left', 'right'] as const) {
      const arm = this.#humanoid.getNormalizedBoneNode(`${side}UpperArm`);
      const elbow = this.#humanoid.getNormalizedBoneNode(`${side}LowerArm`);
      if (arm && elbow) arm.rotation.z = loweringOf(elbow.position);
    }
  }

  setBreathing(isBreathing: boolean): void {
    this.#isBreathing = isBreathing;
    if (!isBreathing) this.#seconds = 0;
  }

  /** Returns true while it breathes. */
  update(deltaSeconds: number): boolean {
    if (this.#isBreathing) this.#seconds += deltaSeconds;
    const chest = this.#humanoid.getNormalizedBoneNode('chest') ?? this.#humanoid.getNormalizedBoneNode('spine');
    if (chest) chest.rotation.x = breathAt(this.#seconds);
    return this.#isBreathing;
  }
}
