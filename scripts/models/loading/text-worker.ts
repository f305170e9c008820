import { Worker } from 'node:worker_threads';

type Listener = (event: { readonly data: unknown }) => void;

/** Gives the text of a browser's worker the names that it uses. */
const PRELUDE = `(() => {
  const { parentPort } = require('node:worker_threads');
  const listeners = [];
  Object.assign(globalThis, {
    self: globalThis,
    onmessage: null,
    postMessage: (data, transfer) => parentPort.postMessage(data, transfer),
    addEventListener: (_, listener) => listeners.push(listener),
  });
  parentPort.on('message', (data) => {
    for (const listener of [globalThis.onmessage, ...listeners]) listener?.({ data });
  });
})();
`;

/**
 * The part of a browser's `Worker` that the decoders of three.js use: they start one from the text
 * at a `blob:` address.
 */
export class TextWorker {
  onmessage: Listener | null = null;
  readonly #listeners: Listener[] = [];
  readonly #thread: Promise<Worker>;

  constructor(address: string) {
    this.#thread = this.#start(address);
  }

  addEventListener(_: 'message', listener: Listener): void {
    this.#listeners.push(listener);
  }

  postMessage(data: unknown, transfer: readonly ArrayBuffer[] = []): void {
    void this.#thread.then((thread) => thread.postMessage(data, transfer));
  }

  terminate(): void {
    void this.#thread.then((thread) => thread.terminate());
  }

  async #start(address: string): Promise<Worker> {
    const source = await (await fetch(address)).text();
    const thread = new Worker(PRELUDE + source, { eval: true });
    thread.on('message', (data: unknown) => {
      for (const listener of [this.onmessage, ...this.#listeners]) listener?.({ data });
    });
    thread.on('error', (error) => console.error('a decoder failed:', error));
    return thread;
  }
}
