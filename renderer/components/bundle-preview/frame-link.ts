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
import { bundlePreviewTexts } from './texts.en.ts';

const { details } = bundlePreviewTexts;

/** The first message into the frame; it carries the port. */
const HANDSHAKE = { type: 'gabinet-preview' } as const;

type ForwardedMessage = Exclude<PreviewMessage, { type: 'ready' | 'pong' | 'failed' | 'captured' }>;

export interface FrameListener {
  onMessage(message: ForwardedMessage): void;
  /** Called at most once and last: the frame is no longer usable and must be removed. */
  onFailed(code: PreviewFailureCode, detail: string): void;
}

export interface BundleBytes {
  readonly bytes: ArrayBuffer;
  readonly fileName: string;
}

export interface CaptureOptions {
  readonly sidePx: number;
  /** Leaves the background out. */
  readonly isTransparent: boolean;
}

/** The window's end of the connection to one frame. Also watches the frame. */
export interface FrameLink {
  /** Transfers the bundle to the frame; the caller's buffer is empty afterwards. */
  open(bundle: BundleBytes): void;
  send(command: PreviewCommand): void;
  /** A square PNG of the current view, or null if the frame can't make one. */
  capture(picture: CaptureOptions): Promise<Uint8Array<ArrayBuffer> | null>;
  close(): void;
}

/**
 * Threat: the program in the frame has processed untrusted bytes. Its messages are validated, and
 * nothing beyond that is trusted. A frame that is late, stops responding, uses too much memory or
 * sends invalid messages is reported as failed; its owner then removes it together with its
 * process.
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
  #lastMessageAtMs = performance.now();
  #sequence = 0;
  /** Consecutive pings without a reply. */
  #unansweredPings = 0;

  constructor(frame: HTMLIFrameElement, listener: FrameListener) {
    const { port1, port2 } = new MessageChannel();
    this.#listener = listener;
    this.#port = port1;
    port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#receive(data));
    port1.start();
    // A sandboxed frame has no origin to address, hence '*'. The message carries only the port.
    frame.contentWindow?.postMessage(HANDSHAKE, '*', [port2]);
    this.#deadline = setTimeout(() => this.#fail('gone', details.notStarted), START_LIMIT_MS);
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
      const timer = setTimeout(() => this.#resolveCapture(requestId, null), CAPTURE_LIMIT_MS);
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
    for (const resolve of this.#captures.values()) resolve(null);
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

  #receive(data: unknown): void {
    const parsed = previewMessageSchema.safeParse(data);
    this.#lastMessageAtMs = performance.now();
    if (parsed.success) this.#handle(parsed.data);
    else this.#fail('gone', details.invalidMessage);
  }

  #handle(message: PreviewMessage): void {
    if (message.type === 'captured') this.#resolveCapture(message.requestId, new Uint8Array(message.png));
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

  /**
   * Starts after loading: a frame that builds a large model can't reply, and has a deadline
   * instead.
   */
  #watch(): void {
    if (this.#pinging !== null) return;
    this.#lastMessageAtMs = performance.now();
    this.#pinging = setInterval(() => this.#ping(), PING_INTERVAL_MS);
  }

  /**
   * Counts pings instead of time, so that a frame isn't blamed after the computer or the tab was
   * asleep.
   */
  #ping(): void {
    const hasReplied = performance.now() - this.#lastMessageAtMs <= PING_INTERVAL_MS * 1.5;
    this.#unansweredPings = hasReplied ? 0 : this.#unansweredPings + 1;
    if (this.#unansweredPings * PING_INTERVAL_MS >= SILENCE_LIMIT_MS) this.#fail('gone', details.noReply);
    else this.send({ type: 'ping', sequence: ++this.#sequence });
  }

  #resolveCapture(requestId: number, png: Uint8Array<ArrayBuffer> | null): void {
    this.#captures.get(requestId)?.(png);
    this.#captures.delete(requestId);
  }

  #fail(code: PreviewFailureCode, detail: string): void {
    if (this.#isClosed) return;
    this.close();
    this.#listener.onFailed(code, detail);
  }
}
