/**
 * Resolves or rejects as `work` does, but with the signal's reason as soon as it is aborted. The
 * work itself is not ended; what comes of it then is dropped.
 */
export async function unlessStopped<Value>(work: Promise<Value>, stopping: AbortSignal): Promise<Value> {
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(stopping.reason);
  stopping.addEventListener('abort', stop, { once: true });
  if (stopping.aborted) stop();
  try {
    return await Promise.race([stopped.promise, work]);
  } finally {
    stopping.removeEventListener('abort', stop);
  }
}
