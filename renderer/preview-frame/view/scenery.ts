import type { PreviewCamera } from '../../../shared/contract/preview-frame.ts';
import { PreviewFailure } from '../failure.ts';
import { CameraRig } from './camera-rig.ts';
import { Look } from './look.ts';
import { Reflections } from './reflections.ts';
import { Stage } from './stage.ts';

/**
 * Longest wait for the graphics driver to recover, in milliseconds: a reset takes about one second.
 */
const RESTORE_MS = 4000;

interface SceneryOptions {
  readonly onStep: (deltaSeconds: number) => boolean;
  readonly onUserMove: (camera: PreviewCamera) => void;
  readonly onError: (error: unknown) => void;
}

/** Canvas, camera and light for all bundles. Created once, when the first bundle is opened. */
export class Scenery {
  readonly stage: Stage;
  readonly look: Look;
  readonly rig: CameraRig;
  readonly reflections: Reflections;
  readonly #onError: (error: unknown) => void;
  #losses = 0;
  #restoreTimer: ReturnType<typeof setTimeout> | undefined;

  constructor({ onStep, onUserMove, onError }: SceneryOptions) {
    this.#onError = onError;
    this.stage = new Stage(document.body, {
      onStep,
      onError,
      onContextLost: () => this.#lost(),
      onContextRestored: () => this.#restored(),
    });
    this.look = new Look(this.stage.scene);
    this.reflections = new Reflections(this.stage.scene);
    const { camera, canvas } = this.stage;
    this.rig = new CameraRig({ camera, canvas, onChange: () => this.stage.invalidate(), onUserMove });
  }

  /** The driver may recover once. The second loss means that it cannot handle the model. */
  #lost(): void {
    this.#losses += 1;
    const give = () => this.#onError(new PreviewFailure('context-lost', 'the graphics driver gave up'));
    if (this.#losses > 1) give();
    else this.#restoreTimer = setTimeout(give, RESTORE_MS);
  }

  #restored(): void {
    clearTimeout(this.#restoreTimer);
    this.stage.invalidate();
  }
}
