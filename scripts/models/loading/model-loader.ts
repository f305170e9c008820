import { Worker } from 'node:worker_threads';

// The loaders of the preview (three.js with three-vrm, Spark) without a browser, to see whether they
// can load a model or a splat:
//
//   const loader = startModelLoader();
//   const outcome = await loader.load(bytes); // a GLB, VRM or VRMA
//   const splat = await loader.load(bytes, 'spz');
//   await loader.close();
//
// Everything is the real thing up to the pixels: Draco, meshopt and Basis decode, three-vrm builds
// its humanoid and takes one step; pictures are only measured. The loaders need globals of a browser and leave promises
// without handlers behind when they fail, so they run in a separate thread.

/** The loaders need less than a second for the largest model; one that never ends is given up. */
const LOAD_TIMEOUT_MS = 30_000;

/** A VRM or VRMA is a `glb`, too. */
export type LoadedFormat = 'glb' | 'ply' | 'spz';

export interface LoadRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: LoadedFormat;
}

export type LoadOutcome =
  | {
      readonly ok: true;
      /** What would be drawn wrong, although nothing failed: "mesh Head: bounds are not finite". */
      readonly faults: readonly string[];
      /** The VRM expressions that move something, by their VRM 1.0 names. */
      readonly expressions: readonly string[];
      /** What the loaders wrote to the console. */
      readonly messages: readonly string[];
    }
  | { readonly ok: false; readonly error: string; readonly messages: readonly string[] };

export interface ModelLoader {
  /** Never rejects; models are loaded one after the other. */
  load(bytes: Uint8Array, format?: LoadedFormat): Promise<LoadOutcome>;
  close(): Promise<void>;
}

export function startModelLoader(): ModelLoader {
  const thread = new LoaderThread();
  let last: Promise<unknown> = Promise.resolve();
  return {
    load(bytes, format = 'glb') {
      const next = last.then(() => thread.load(bytes, format));
      last = next;
      return next;
    },
    close: () => thread.stop(),
  };
}

/** A thread that is replaced after a model for which it did not end. */
class LoaderThread {
  #worker: Worker | null = null;

  load(bytes: Uint8Array, format: LoadedFormat): Promise<LoadOutcome> {
    this.#worker ??= new Worker(new URL('./loader-worker.ts', import.meta.url));
    const worker = this.#worker;
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => end(failed('the loaders did not finish')), LOAD_TIMEOUT_MS);
      const end = (outcome: LoadOutcome, isReusable = false) => {
        clearTimeout(giveUp);
        for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
        if (!isReusable) void this.stop();
        resolve(outcome);
      };
      worker.on('message', (outcome: LoadOutcome) => end(outcome, !hasSpoiltDecoder(outcome)));
      worker.on('error', (error) => end(failed(String(error))));
      worker.on('exit', () => end(failed('the thread of the loaders ended')));
      // A copy: a Buffer of Node may be a part of a larger one.
      const copy = Uint8Array.from(bytes);
      const request: LoadRequest = { bytes: copy, format };
      worker.postMessage(request, [copy.buffer]);
    });
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

/** After damaged data, the decoder of meshopt fails at good models, too. */
function hasSpoiltDecoder(outcome: LoadOutcome): boolean {
  return !outcome.ok && /Malformed buffer data|memory access out of bounds/.test(outcome.error);
}

function failed(error: string): LoadOutcome {
  return { ok: false, error, messages: [] };
}
