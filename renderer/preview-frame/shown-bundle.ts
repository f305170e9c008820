import type { PreviewCamera, PreviewFailureCode, PreviewScene } from '../../shared/contract/preview-frame.ts';
import type { OpenBundle } from '../../shared/gab/open-bundle.ts';
import { planVisemes } from '../../shared/gab/viseme-plan.ts';
import type { Body } from './bodies/body.ts';
import { Blinker } from './face/blinker.ts';
import { FaceControls } from './face/face-controls.ts';
import { mixFace } from './face/face-state.ts';
import { planSpeech } from './speech/plan-speech.ts';
import { SpeechPlayer } from './speech/speech-player.ts';
import { loadVoiceSample, type VoiceSample } from './speech/voice-sample.ts';
import { atDistance, frameView, type Lens } from './view/framing.ts';

interface ShownBundleOptions {
  readonly bundle: OpenBundle;
  readonly body: Body;
  /** Why the fallback of the manifest is shown instead of the body; null if it is not. */
  readonly replaced: PreviewFailureCode | null;
  /** Requests a new drawing. */
  readonly onChange: () => void;
  readonly onSpeaking: (report: { readonly viseme: string | null; readonly isOver: boolean }) => void;
}

/**
 * A bundle on the stage: its body, face and voice, and the scene that is reported to the window.
 */
export class ShownBundle {
  readonly bundle: OpenBundle;
  readonly body: Body;
  readonly face: FaceControls;
  readonly scene: PreviewScene;
  readonly #speech: SpeechPlayer;
  readonly #blinker: Blinker;
  readonly #onChange: () => void;
  /** Decoded once, when it is first played. */
  #sample: Promise<VoiceSample | null> | null = null;

  constructor({ bundle, body, replaced, onChange, onSpeaking }: ShownBundleOptions) {
    this.bundle = bundle;
    this.body = body;
    this.#onChange = onChange;
    this.#speech = new SpeechPlayer(onSpeaking);
    this.#blinker = new Blinker(onChange);
    const { face, voice } = bundle.manifest;
    const plan = planVisemes(face, body.model);
    this.face = new FaceControls({ face, plan, morphs: body.morphs, expressions: body.expressions });
    this.scene = {
      bodyType: replaced === null ? bundle.manifest.body.type : 'portrait2d',
      ...(replaced !== null && { replaced }),
      clips: [...body.clips],
      controls: this.face.list,
      visemeSource: plan.source,
      hasVoiceSample: voice?.sample !== undefined,
      triangles: body.triangles,
      splatPoints: body.splatPoints,
      memoryBytes: Math.round(body.memoryBytes),
    };
  }

  /** The camera of the manifest; by default one that shows the whole avatar. */
  startCamera(lens: Lens): PreviewCamera {
    const { view = 'full', distance } = this.bundle.manifest.body.camera ?? {};
    const camera = frameView(view, this.body.landmarks, lens);
    return distance ? atDistance(camera, distance) : camera;
  }

  /** Advances by one step. Returns true while the picture keeps changing. */
  update(deltaSeconds: number): boolean {
    this.body.applyFace(mixFace(this.#weightedShapes()));
    const isMoving = this.body.update(deltaSeconds);
    return isMoving || this.#speech.isSpeaking || this.#blinker.isBlinking;
  }

  /** The eyes blink and the chest breathes, unless the user has asked for reduced motion. */
  setReducedMotion(isReduced: boolean): void {
    const canBlink = this.face.expression('blink').length > 0;
    if (isReduced || !canBlink) this.#blinker.stop();
    else this.#blinker.start();
    this.body.setIdling?.(!isReduced);
    this.#onChange();
  }

  async speak(text: string, withSample: boolean): Promise<void> {
    if (withSample) this.#sample ??= loadVoiceSample(this.bundle);
    const sample = withSample ? await this.#sample : null;
    const planned = planSpeech(text, this.bundle.manifest, sample?.loudness ?? null);
    await this.#speech.start({ ...planned, sample });
    this.#onChange();
  }

  stopSpeaking(): void {
    this.#speech.stop();
  }

  *#weightedShapes() {
    yield* this.face.weightedShapes(this.#speech.mouth());
    yield { shapes: this.face.expression('blink'), weight: this.#blinker.weight() };
  }

  dispose(): void {
    this.#speech.stop();
    this.#blinker.stop();
    this.body.dispose();
  }
}
