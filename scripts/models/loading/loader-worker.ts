import { parentPort } from 'node:worker_threads';
import { addBrowserGlobals } from './browser-globals.ts';
import { type LoadedModel, loadHeadless } from './load-headless.ts';
import type { LoadOutcome, LoadRequest } from './model-loader.ts';

/** The console lines of the model that is being loaded. */
let messages: string[] = [];
/** What failed while nothing waited for it. */
let rejections: unknown[] = [];

function record(...parts: readonly unknown[]): void {
  messages.push(parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' '));
}

addBrowserGlobals();
// What three.js complains about is part of the outcome, not of this program's output.
for (const method of ['log', 'warn', 'error'] as const) console[method] = record;
// If one part of a model fails, the loader no longer waits for the promises of the others.
process.on('unhandledRejection', (reason) => {
  rejections.push(reason);
  record(reason);
});

parentPort?.on('message', (request: LoadRequest) => {
  messages = [];
  rejections = [];
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  void outcomeOf(request).then((outcome) => parentPort?.postMessage(outcome));
});

async function outcomeOf({ bytes, format }: LoadRequest): Promise<LoadOutcome> {
  try {
    const loaded = await (format === 'glb' ? loadHeadless(bytes) : loadSplat(bytes, format));
    await new Promise(setImmediate);
    // The preview reports these as its failure (`main.ts` of the frame).
    return rejections.length > 0 ? failed(rejections[0]) : { ok: true, ...loaded, messages };
  } catch (error) {
    return failed(error);
  }
}

/** Spark looks for a browser as soon as it is loaded. */
async function loadSplat(bytes: Uint8Array<ArrayBuffer>, format: 'ply' | 'spz'): Promise<LoadedModel> {
  const { loadSplatHeadless } = await import('./load-splat.ts');
  return loadSplatHeadless(bytes, format);
}

function failed(error: unknown): LoadOutcome {
  return { ok: false, error: error instanceof Error ? error.message : String(error), messages };
}
