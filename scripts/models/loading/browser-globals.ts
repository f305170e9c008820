import { TextWorker } from './text-worker.ts';

/** What three.js expects of a browser and Node lacks. Only for a thread that does nothing else. */
export function addBrowserGlobals(): void {
  Object.assign(globalThis, { self: globalThis, Worker: TextWorker, ProgressEvent: Event });
}
