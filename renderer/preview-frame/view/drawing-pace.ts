/** How often an unfinished picture is asked for, in milliseconds: half of what a screen shows one. */
const POLL_MS = 8;
/** Longest rest, in milliseconds. A picture that took longer than this was drawn beside other work. */
const MAX_REST_MS = 1000;

/** What it needs of WebGL 2. */
export type PaceContext = Pick<
  WebGL2RenderingContext,
  | 'SIGNALED'
  | 'SYNC_GPU_COMMANDS_COMPLETE'
  | 'SYNC_STATUS'
  | 'deleteSync'
  | 'fenceSync'
  | 'flush'
  | 'getSyncParameter'
  | 'isContextLost'
>;

/**
 * When the next picture may begin. With a graphics card: at once. Where the processor draws: when
 * the last picture is complete and it has rested for as long as that took. So it always has half of
 * its time for the window, and pictures never queue up, which would keep everything that waits for
 * graphics (a shader, a texture, another preview) waiting for all of them.
 */
export class DrawingPace {
  readonly #context: PaceContext;
  readonly #isShared: boolean;
  #unfinished: WebGLSync | null = null;
  #startedMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isResting = false;
  #next: (() => void) | null = null;

  /** `isShared`: the processor draws, which has other work to do. */
  constructor(context: PaceContext, isShared: boolean) {
    this.#context = context;
    this.#isShared = isShared;
  }

  /** Calls `next` when a picture may begin. It replaces one that still waits. */
  whenReady(next: () => void): void {
    if (this.#unfinished === null && !this.#isResting) next();
    else this.#next = next;
  }

  /** To be called when the commands for a picture were given. */
  drew(): void {
    if (!this.#isShared) return;
    if (this.#unfinished === null) this.#startedMs = performance.now();
    else this.#context.deleteSync(this.#unfinished);
    // Null once the context is lost: then there is nothing to wait for.
    this.#unfinished = this.#context.fenceSync(this.#context.SYNC_GPU_COMMANDS_COMPLETE, 0);
    this.#context.flush();
    this.#poll();
  }

  #poll(): void {
    clearTimeout(this.#timer);
    if (this.#isFinished()) this.#rest();
    else this.#timer = setTimeout(() => this.#poll(), POLL_MS);
  }

  #isFinished(): boolean {
    const context = this.#context;
    if (this.#unfinished === null || context.isContextLost()) return true;
    return context.getSyncParameter(this.#unfinished, context.SYNC_STATUS) === context.SIGNALED;
  }

  #rest(): void {
    this.#context.deleteSync(this.#unfinished);
    this.#unfinished = null;
    this.#isResting = true;
    this.#timer = setTimeout(() => this.#begin(), Math.min(performance.now() - this.#startedMs, MAX_REST_MS));
  }

  #begin(): void {
    this.#isResting = false;
    const next = this.#next;
    this.#next = null;
    next?.();
  }
}
