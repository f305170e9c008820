import { parentPort } from 'node:worker_threads';
import { addBrowserGlobals } from './browser-globals.ts';
import { loadHeadless } from './load-headless.ts';
import type { LoadOutcome } from './model-loader.ts';

/** The console lines of the model that is being loaded. */
let messages: string[] = [];

function record(...parts: readonly unknown[]): void {
  messages.push(parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' '));
}

addBrowserGlobals();
// What three.js complains about is part of the outcome, not of this program's output.
for (const method of ['log', 'warn', 'error'] as const) console[method] = record;
// If one part of a model fails, the loader no longer waits for the promises of the others.
process.on('unhandledRejection', record);

parentPort?.on('message', (bytes: Uint8Array<ArrayBuffer>) => {
  messages = [];
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  void outcomeOf(bytes).then((outcome) => parentPort?.postMessage(outcome));
});

async function outcomeOf(bytes: Uint8Array<ArrayBuffer>): Promise<LoadOutcome> {
  try {
    const faults = await loadHeadless(bytes);
    return { ok: true, faults, messages };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error), messages };
  }
}
