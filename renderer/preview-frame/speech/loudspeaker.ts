import { MAX_SAMPLE_SECONDS } from '../limits.ts';

/**
 * Longest wait for the sound to start, in milliseconds: if playing is not allowed, the browser
 * never responds.
 */
const START_MS = 300;

/**
 * Plays recordings if the browser allows it. If not (no click yet, no device), the mouth moves in
 * silence.
 */
export class Loudspeaker {
  #context: AudioContext | null = null;
  #source: AudioBufferSourceNode | null = null;

  /** Resolves when the sound has started, or when it will not. */
  async play(audio: AudioBuffer): Promise<void> {
    this.stop();
    this.#context ??= new AudioContext();
    const context = this.#context;
    await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, START_MS))]);
    if (context.state !== 'running') return;
    this.#source = new AudioBufferSourceNode(context, { buffer: audio });
    this.#source.connect(context.destination);
    this.#source.start(0, 0, MAX_SAMPLE_SECONDS);
  }

  stop(): void {
    this.#source?.stop();
    this.#source?.disconnect();
    this.#source = null;
  }
}
