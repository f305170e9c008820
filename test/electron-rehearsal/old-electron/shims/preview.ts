import './language.ts';

// In a frame without an origin, Chromium 114 does not find the script of a worker whose address is
// taken back at once, as Spark does. So the address stays until the worker has said something.
const revoke = URL.revokeObjectURL.bind(URL);
/** Addresses of workers that are loading; true once the page has taken the address back. */
const loading = new Map<string, boolean>();

URL.revokeObjectURL = (url) => {
  if (loading.has(url)) loading.set(url, true);
  else revoke(url);
};

globalThis.Worker = class extends Worker {
  constructor(script: string | URL, options?: WorkerOptions) {
    super(script, options);
    const url = String(script);
    loading.set(url, false);
    const settle = (): void => {
      const isTakenBack = loading.get(url);
      loading.delete(url);
      if (isTakenBack) revoke(url);
    };
    for (const type of ['message', 'error']) this.addEventListener(type, settle, { once: true });
  }
};
