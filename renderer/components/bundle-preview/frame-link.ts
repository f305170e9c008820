import {
  type PreviewCommand,
  type PreviewFailureCode,
  type PreviewMessage,
  previewMessageSchema,
} from '../../../shared/contract/preview-frame.ts';
import {
  CAPTURE_LIMIT_MS,
  LOAD_LIMIT_MS,
  MEMORY_LIMIT_BYTES,
  PING_INTERVAL_MS,
  SILENCE_LIMIT_MS,
  START_LIMIT_MS,
} from './preview-limits.ts';

/** The first message into the frame; it carries the port. */
const HANDSHAKE = { type: 'gabinet-preview' } as const;

type Spoken = Exclude<PreviewMessage, { type: 'ready' | 'pong' | 'failed' | 'captured' }>;

export interface FrameListener {
  onMessage(message: Spoken): void;
  /** Once, and the last thing that is heard: the frame is of no use any more and must be taken away. */
  onFailed(code: PreviewFailureCode, detail: string): void;
}

export interface BundleBytes {
  readonly bytes: ArrayBuffer;
  readonly fileName: string;
}

export interface CaptureOptions {
  readonly sidePx: number;
  /** Without the background. */
  readonly isTransparent: boolean;
}

/** The window's end of the wire to one frame, and the watch over it. */
export interface FrameLink {
  /** Hands the bundle over; the bytes are gone from here. */
  open(bundle: BundleBytes): void;
  send(command: PreviewCommand): void;
  /** A square PNG of what is seen now; null: the frame could not. */
  capture(picture: CaptureOptions): Promise<Uint8Array<ArrayBuffer> | null>;
  close(): void;
}

/**
 * Threat: what runs in the frame worked on a stranger's bytes. Everything it says is parsed, nothing it says is believed
 * beyond that, and a frame that is late, silent, greedy or speaks nonsense is given up: whoever owns it removes it, and
 * with it its process.
 */
export function linkFrame(frame: HTMLIFrameElement, listener: FrameListener): FrameLink {
  return new WatchedLink(frame, listener);
}

class WatchedLink implements FrameLink {
  readonly #listener: FrameListener;
  readonly #port: MessagePort;
  readonly #captures = new Map<number, (png: Uint8Array<ArrayBuffer> | null) => void>();
  #bundle: BundleBytes | null = null;
  #isReady = false;
  #isClosed = false;
  #deadline: ReturnType<typeof setTimeout>;
  #pinging: ReturnType<typeof setInterval> | null = null;
  #heardAtMs = performance.now();
  #sequence = 0;
  /** Questions in a row that nothing was heard after. */
  #unanswered = 0;

  constructor(frame: HTMLIFrameElement, listener: FrameListener) {
    const { port1, port2 } = new MessageChannel();
    this.#listener = listener;
    this.#port = port1;
    port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#hear(data));
    port1.start();
    // A sandboxed frame has no origin that could be named; what it gets is a port and nothing else.
    frame.contentWindow?.postMessage(HANDSHAKE, '*', [port2]);
    this.#deadline = setTimeout(() => this.#fail('gone', 'the frame did not start'), START_LIMIT_MS);
  }

  open(bundle: BundleBytes): void {
    this.#bundle = bundle;
    if (this.#isReady) this.#handOver();
  }

  send(command: PreviewCommand): void {
    if (!this.#isClosed) this.#port.postMessage(command, []);
  }

  capture(picture: CaptureOptions): Promise<Uint8Array<ArrayBuffer> | null> {
    if (this.#isClosed) return Promise.resolve(null);
    const requestId = ++this.#sequence;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#captured(requestId, null), CAPTURE_LIMIT_MS);
      this.#captures.set(requestId, (png) => {
        clearTimeout(timer);
        resolve(png);
      });
      this.send({ type: 'capture', requestId, ...picture });
    });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#deadline);
    if (this.#pinging !== null) clearInterval(this.#pinging);
    this.#port.close();
    for (const answer of this.#captures.values()) answer(null);
    this.#captures.clear();
  }

  #handOver(): void {
    const bundle = this.#bundle;
    if (bundle === null) return;
    this.#bundle = null;
    const { bytes, fileName } = bundle;
    this.#port.postMessage({ type: 'open', bytes, fileName } satisfies PreviewCommand, [bytes]);
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#fail('too-slow', ''), LOAD_LIMIT_MS);
  }

  #hear(data: unknown): void {
    const parsed = previewMessageSchema.safeParse(data);
    this.#heardAtMs = performance.now();
    if (parsed.success) this.#understand(parsed.data);
    else this.#fail('gone', 'the frame spoke nonsense');
  }

  #understand(message: PreviewMessage): void {
    if (message.type === 'captured') this.#captured(message.requestId, new Uint8Array(message.png));
    else if (message.type === 'failed') this.#fail(message.code, message.detail);
    else if (message.type === 'ready') this.#start();
    else if (message.type === 'opened') this.#show(message);
    else if (message.type !== 'pong') this.#listener.onMessage(message);
  }

  #start(): void {
    this.#isReady = true;
    clearTimeout(this.#deadline);
    this.#handOver();
  }

  #show(message: Extract<PreviewMessage, { type: 'opened' }>): void {
    if (message.scene.memoryBytes > MEMORY_LIMIT_BYTES) {
      this.#fail('too-much-memory', '');
      return;
    }
    clearTimeout(this.#deadline);
    this.#watch();
    this.#listener.onMessage(message);
  }

  /** Until it is open, the deadline watches: a frame that builds a large model is silent for good reasons. */
  #watch(): void {
    if (this.#pinging !== null) return;
    this.#heardAtMs = performance.now();
    this.#pinging = setInterval(() => this.#ping(), PING_INTERVAL_MS);
  }

  /** Counts questions, not time: a window that slept (a closed lid, a hidden tab) asks again before it judges. */
  #ping(): void {
    const wasHeard = performance.now() - this.#heardAtMs <= PING_INTERVAL_MS * 1.5;
    this.#unanswered = wasHeard ? 0 : this.#unanswered + 1;
    if (this.#unanswered * PING_INTERVAL_MS >= SILENCE_LIMIT_MS) this.#fail('gone', 'no answer');
    else this.send({ type: 'ping', sequence: ++this.#sequence });
  }

  #captured(requestId: number, png: Uint8Array<ArrayBuffer> | null): void {
    this.#captures.get(requestId)?.(png);
    this.#captures.delete(requestId);
  }

  #fail(code: PreviewFailureCode, detail: string): void {
    if (this.#isClosed) return;
    this.close();
    this.#listener.onFailed(code, detail);
  }
}
