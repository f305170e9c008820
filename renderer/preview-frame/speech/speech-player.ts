import { loudnessAt } from '../../../shared/domain/speech/loudness.ts';
import { eventAt, mouthAt, withLoudness } from '../../../shared/domain/speech/mouth.ts';
import type { SpeechTimeline } from '../../../shared/domain/speech/timeline.ts';
import type { Viseme } from '../../../shared/gab/manifest/manifest.ts';
import { Loudspeaker } from './loudspeaker.ts';
import type { VoiceSample } from './voice-sample.ts';

/** Time after the last sound until the lips are at rest, in milliseconds. */
const REST_MS = 100;
const AT_REST: ReadonlyMap<Viseme, number> = new Map();

interface Speech {
  readonly timeline: SpeechTimeline;
  readonly startsAtMs: number;
  readonly sample: VoiceSample | null;
}

interface SpeakingReport {
  readonly viseme: Viseme | null;
  readonly isOver: boolean;
}

/** Moves the mouth along a timeline, with or without a voice. */
export class SpeechPlayer {
  readonly #report: (report: SpeakingReport) => void;
  readonly #loudspeaker = new Loudspeaker();
  #speech: Speech | null = null;
  /** By `performance.now()`; null while the loudspeaker starts. */
  #startedAtMs: number | null = null;
  #reported: Viseme | null = null;

  constructor(report: (report: SpeakingReport) => void) {
    this.#report = report;
  }

  get isSpeaking(): boolean {
    return this.#speech !== null;
  }

  async start(speech: Speech): Promise<void> {
    this.stop();
    this.#speech = speech;
    if (speech.sample) await this.#loudspeaker.play(speech.sample.audio);
    if (this.#speech !== speech) return;
    this.#startedAtMs = performance.now();
  }

  stop(): void {
    if (!this.#speech) return;
    this.#speech = null;
    this.#startedAtMs = null;
    this.#reported = null;
    this.#loudspeaker.stop();
    this.#report({ viseme: null, isOver: true });
  }

  /** The current weights of the mouth shapes. */
  mouth(): ReadonlyMap<Viseme, number> {
    if (!this.#speech || this.#startedAtMs === null) return AT_REST;
    const { timeline, startsAtMs, sample } = this.#speech;
    const elapsedMs = performance.now() - this.#startedAtMs;
    const timeMs = elapsedMs - startsAtMs;
    if (timeMs > timeline.totalMs + REST_MS) {
      this.stop();
      return AT_REST;
    }
    this.#reportViseme(eventAt(timeline, timeMs)?.viseme ?? null);
    const mouth = mouthAt(timeline, timeMs);
    return sample ? withLoudness(mouth, loudnessAt(sample.loudness, elapsedMs)) : mouth;
  }

  #reportViseme(viseme: Viseme | null): void {
    if (viseme === null || viseme === this.#reported) return;
    this.#reported = viseme;
    this.#report({ viseme, isOver: false });
  }
}
