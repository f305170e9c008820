import type { PreviewCamera } from '../../../shared/contract/preview-frame.ts';
import { PreviewFailure } from '../failure.ts';
import { CameraRig } from './camera-rig.ts';
import { Look } from './look.ts';
import { Reflections } from './reflections.ts';
import { Stage } from './stage.ts';

/** How long the graphics driver may take to come back, in milliseconds: a reset takes about one second. */
const RESTORE_MS = 4000;

interface SceneryOptions {
  readonly onStep: (deltaSeconds: number) => boolean;
  readonly onUserMove: (camera: PreviewCamera) => void;
  readonly onError: (error: unknown) => void;
}

/** What every bundle is shown in: canvas, camera, light. Made once, when the first bundle is opened. */
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

  /** Once it may come back by itself; a second time it is the model that the driver cannot stand. */
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
