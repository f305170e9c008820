import { resolveObjectURL } from 'node:buffer';
import { Worker } from 'node:worker_threads';

type Transfer = readonly ArrayBuffer[];
type Listener = (event: { readonly data: unknown }) => void;

/** Gives the text of a browser's worker the names that it uses. */
const PRELUDE = `(() => {
  const { parentPort } = require('node:worker_threads');
  const listeners = new Set();
  Object.assign(globalThis, {
    self: globalThis,
    onmessage: null,
    postMessage: (data, options) => parentPort.postMessage(data, options?.transfer ?? options),
    addEventListener: (_, listener) => listeners.add(listener),
    removeEventListener: (_, listener) => listeners.delete(listener),
  });
  parentPort.on('message', (data) => {
    for (const listener of [globalThis.onmessage, ...listeners]) listener?.({ data });
  });
})();
`;

/**
 * The part of a browser's `Worker` that the decoders of three and Spark use: they start one from text
 * at a `blob:` address.
 */
export class TextWorker {
  onmessage: Listener | null = null;
  readonly #listeners: Listener[] = [];
  readonly #thread: Promise<Worker>;

  constructor(address: string) {
    // Now: the address may be revoked as soon as the worker is there.
    this.#thread = this.#start(resolveObjectURL(address));
  }

  addEventListener(_: 'message', listener: Listener): void {
    this.#listeners.push(listener);
  }

  postMessage(data: unknown, options: Transfer | { readonly transfer: Transfer } = []): void {
    const transfer = 'transfer' in options ? options.transfer : options;
    void this.#thread.then((thread) => thread.postMessage(data, transfer));
  }

  terminate(): void {
    void this.#thread.then((thread) => thread.terminate());
  }

  async #start(blob: ReturnType<typeof resolveObjectURL>): Promise<Worker> {
    if (!blob) throw new Error('a worker needs an address of this process');
    const source = await blob.text();
    const thread = new Worker(PRELUDE + source, { eval: true, stdout: true, stderr: true });
    thread.on('message', (data: unknown) => {
      for (const listener of [this.onmessage, ...this.#listeners]) listener?.({ data });
    });
    thread.on('error', (error) => console.error('a decoder failed:', error));
    return thread;
  }
}
