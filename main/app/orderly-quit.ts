import type { App } from 'electron';
import type { Log } from '../../node/log.ts';

export interface QuitOptions {
  readonly app: Pick<App, 'on' | 'quit' | 'exit'>;
  readonly signals: Pick<NodeJS.EventEmitter, 'on'>;
  /** Stops everything in order; the process exits when the promise resolves. */
  readonly stop: () => Promise<void>;
  readonly log: Log;
}

/**
 * Delays quitting until the application has stopped: databases closed, transfers kept for the next
 * start.
 */
export function quitInOrder({ app, signals, stop, log }: QuitOptions): void {
  let state: 'running' | 'stopping' | 'stopped' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    if (state === 'stopping') return;
    state = 'stopping';
    void stopAndExit();
  });
  const stopAndExit = async () => {
    try {
      await stop();
      state = 'stopped';
      app.quit();
    } catch (error) {
      log.error('The application did not stop cleanly', { reason: String(error) });
      app.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) signals.on(signal, () => app.quit());
}
