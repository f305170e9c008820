import type { PreviewCommand, PreviewMessage } from '../../shared/contract/preview-frame.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { idleClipOf } from './bodies/clip-names.ts';
import { createBody } from './bodies/create-body.ts';
import { detailOf, PreviewFailure, toFailure } from './failure.ts';
import type { FramePort } from './port.ts';
import { readBundle } from './reading/read-bundle.ts';
import { ShownBundle } from './shown-bundle.ts';
import { capture } from './view/capture.ts';
import { frameView } from './view/framing.ts';
import type { LookOptions } from './view/look.ts';
import { Scenery } from './view/scenery.ts';

type Open = Extract<PreviewCommand, { type: 'open' }>;
type Capture = Extract<PreviewCommand, { type: 'capture' }>;
/** Commands that only make sense while a bundle is shown. */
type Direction = Exclude<PreviewCommand, { type: 'open' | 'ping' | 'set-look' | 'set-reduced-motion' | 'capture' }>;
type SpeakingReport = Omit<Extract<PreviewMessage, { type: 'speaking' }>, 'type'>;

/**
 * Executes the commands of the window. Every failure becomes a message, so that the window never
 * waits in vain.
 */
export class PreviewProgram {
  readonly #port: FramePort;
  #scenery: Scenery | null = null;
  #look: LookOptions | null = null;
  #opened: ShownBundle | null = null;
  /** Counts the opened bundles: work for an older one is abandoned. */
  #turn = 0;
  #isReducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;

  constructor(port: FramePort) {
    this.#port = port;
  }

  handle(command: PreviewCommand): void {
    try {
      this.#handle(command);
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error: unknown): void {
    const failure = toFailure(error);
    this.#port.send({ type: 'failed', code: failure.code, detail: detailOf(failure) });
  }

  #handle(command: PreviewCommand): void {
    switch (command.type) {
      case 'open':
        this.#open(command).catch((error: unknown) => this.fail(error));
        break;
      case 'ping':
        this.#port.send({ type: 'pong', sequence: command.sequence });
        break;
      case 'set-look':
        this.#look = command;
        this.#scenery?.look.apply(command);
        this.#scenery?.stage.invalidate();
        break;
      case 'set-reduced-motion':
        this.#isReducedMotion = command.isReduced;
        this.#opened?.setReducedMotion(command.isReduced);
        break;
      case 'capture':
        this.#capture(command).catch((error: unknown) => this.fail(error));
        break;
      case 'frame-view':
      case 'set-camera':
      case 'play-clip':
      case 'set-paused':
      case 'set-weights':
      case 'speak':
      case 'stop-speaking':
        this.#direct(command);
        break;
      default:
        assertNever(command);
    }
  }

  #direct(command: Direction): void {
    // No bundle is shown yet, or the last one failed.
    if (!this.#opened || !this.#scenery) return;
    const { body, face } = this.#opened;
    const { rig, stage } = this.#scenery;
    switch (command.type) {
      case 'frame-view':
        rig.camera = frameView(command.view, body.landmarks, stage.lens);
        break;
      case 'set-camera':
        rig.camera = command.camera;
        break;
      case 'play-clip':
        body.playClip(command.clipId);
        break;
      case 'set-paused':
        body.setPaused(command.isPaused);
        break;
      case 'set-weights':
        face.setWeights(command.weights);
        break;
      case 'speak':
        this.#opened.speak(command.text, command.withSample).catch((error: unknown) => this.fail(error));
        break;
      case 'stop-speaking':
        this.#opened.stopSpeaking();
        break;
      default:
        assertNever(command);
    }
    stage.invalidate();
  }

  async #open({ bytes, fileName }: Open): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const isCurrent = () => turn === this.#turn;
    this.#close();
    const scenery = this.#setScene();
    this.#port.send({ type: 'progress', stage: 'reading' });
    const bundle = await readBundle(bytes, fileName);
    if (!isCurrent()) return;
    this.#port.send({ type: 'progress', stage: 'decoding' });
    const { renderer, camera } = scenery.stage;
    const onChange = () => scenery.stage.invalidate();
    const created = await createBody({ bundle, renderer, camera, onChange, isCurrent });
    if (!isCurrent()) return created.body.dispose();
    this.#port.send({ type: 'progress', stage: 'building' });
    const onSpeaking = (report: SpeakingReport) => this.#port.send({ type: 'speaking', ...report });
    await this.#show(new ShownBundle({ bundle, ...created, onChange, onSpeaking }), scenery);
  }

  async #show(opened: ShownBundle, { stage, rig, look, reflections }: Scenery): Promise<void> {
    const { body } = opened;
    this.#opened = opened;
    await reflections.showFor(body.root, stage.renderer);
    // Another bundle may have been opened in the meantime, and this one closed.
    if (this.#opened !== opened) return;
    stage.scene.add(body.root);
    look.standOn(body.landmarks);
    rig.limitTo(body.landmarks);
    rig.camera = opened.startCamera(stage.lens);
    if (!this.#isReducedMotion) body.playClip(idleClipOf(body.clips));
    opened.setReducedMotion(this.#isReducedMotion);
    opened.update(0);
    await body.ready(() => stage.draw());
    if (this.#opened !== opened) return;
    this.#port.send({ type: 'opened', scene: { ...opened.scene, camera: rig.camera } });
    stage.invalidate();
  }

  #setScene(): Scenery {
    if (this.#scenery) return this.#scenery;
    this.#scenery = new Scenery({
      onStep: (deltaSeconds) => this.#opened?.update(deltaSeconds) ?? false,
      onUserMove: (camera) => this.#port.send({ type: 'camera', camera }),
      onError: (error) => this.fail(error),
    });
    if (this.#look) this.#scenery.look.apply(this.#look);
    return this.#scenery;
  }

  async #capture({ requestId, sidePx, isTransparent = false }: Capture): Promise<void> {
    if (!this.#scenery || !this.#opened) throw new PreviewFailure('unsupported', 'nothing is shown yet');
    const { stage, look } = this.#scenery;
    // Includes the latest commands even if no frame was drawn since.
    this.#opened.update(0);
    const png = await capture(stage, look, { sidePx, isTransparent });
    this.#port.send({ type: 'captured', requestId, png }, [png]);
  }

  #close(): void {
    this.#opened?.dispose();
    this.#opened = null;
  }
}
