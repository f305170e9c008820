import { type AnimationAction, type AnimationClip, AnimationMixer, type Object3D } from 'three';

/** Duration of the transition between clips. */
const CROSS_FADE_SECONDS = 0.25;

/** Plays one clip at a time, in a loop. */
export class ClipPlayer {
  readonly #mixer: AnimationMixer;
  readonly #clips: ReadonlyMap<string, AnimationClip>;
  #current: AnimationAction | null = null;
  #isPaused = false;

  constructor(root: Object3D, clips: ReadonlyMap<string, AnimationClip>) {
    this.#mixer = new AnimationMixer(root);
    this.#clips = clips;
  }

  get isMoving(): boolean {
    return this.#current !== null && !this.#isPaused;
  }

  play(clipId: string | null): void {
    const clip = clipId === null ? undefined : this.#clips.get(clipId);
    if (clip) this.#crossTo(clip);
    else this.#stop();
  }

  #crossTo(clip: AnimationClip): void {
    const next = this.#mixer.clipAction(clip);
    if (next === this.#current) return;
    next.reset().play();
    // Nothing fades while paused: the first pose of the new clip is shown at once.
    if (this.#current && !this.#isPaused) next.crossFadeFrom(this.#current, CROSS_FADE_SECONDS, false);
    else this.#current?.stop();
    this.#current = next;
    this.#mixer.update(0);
  }

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
  }

  update(deltaSeconds: number): void {
    if (this.isMoving) this.#mixer.update(deltaSeconds);
  }

  dispose(): void {
    this.#mixer.stopAllAction();
    this.#mixer.uncacheRoot(this.#mixer.getRoot());
  }

  /** The mixer restores the pose from before the first clip. */
  #stop(): void {
    this.#mixer.stopAllAction();
    this.#current = null;
  }
}
