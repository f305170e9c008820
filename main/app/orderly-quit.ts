import type { App } from 'electron';
import type { Log } from '../../node/log.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import type { FailedEnd } from './failed-end.ts';

/**
 * Systems wait five seconds or longer for an application when they shut down. What is interrupted
 * is safe: databases recover, and transfers resume at the next start.
 */
const STOP_LIMIT_MS = 10 * SECOND_MS;

export interface QuitOptions {
  readonly app: Pick<App, 'on' | 'quit'>;
  readonly signals: Pick<NodeJS.EventEmitter, 'on'>;
  /** Stops everything in order; the process exits when the promise resolves. */
  readonly stop: () => Promise<void>;
  readonly failedEnd: FailedEnd;
  readonly log: Log;
}

export interface OrderlyQuit {
  hasBegun(): boolean;
  /** Stops in order as well, then ends the process as failed. Does nothing if quitting has begun. */
  endAsFailed(): void;
}

/**
 * Delays quitting until the application has stopped: databases closed, transfers kept for the next
 * start. What has not stopped after 10 s ends with the process.
 */
export function quitInOrder({ app, signals, stop, failedEnd, log }: QuitOptions): OrderlyQuit {
  let state: 'running' | 'stopping' | 'stopped' = 'running';
  const stopThen = async (end: () => void): Promise<void> => {
    if (state !== 'running') return;
    state = 'stopping';
    const limit = setTimeout(() => {
      log.error('The application did not stop in time', { afterMs: STOP_LIMIT_MS });
      failedEnd.end();
    }, STOP_LIMIT_MS);
    try {
      await stop();
      state = 'stopped';
      end();
    } catch (error) {
      log.error('The application did not stop cleanly', { reason: String(error) });
      failedEnd.end();
    } finally {
      clearTimeout(limit);
    }
  };
  app.on('before-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    void stopThen(() => app.quit());
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) signals.on(signal, () => app.quit());
  return {
    hasBegun: () => state !== 'running',
    endAsFailed: () => void stopThen(() => failedEnd.end()),
  };
}
