import { type Log, stackOf } from '../../node/log.ts';

export interface UnexpectedErrorOptions {
  readonly process: Pick<NodeJS.EventEmitter, 'on'>;
  readonly log: Log;
  /** Stops the application in order and ends the process. Called once. */
  readonly end: () => void;
}

/**
 * Logs what no code expected, and decides how to continue.
 *
 * - An error that nobody caught may have left anything half done, so the application ends in order:
 *   edits, uploads and downloads are on disk and continue at the next start.
 * - A rejected promise that nobody handled is one task that was not done. The others are not
 *   affected, and nobody should lose a window because of it, so the application continues.
 */
export function handleUnexpectedErrors({ process, log, end }: UnexpectedErrorOptions): void {
  let isEnding = false;
  process.on('unhandledRejection', (reason: unknown) => {
    log.error('A task failed and nobody handled it', { error: stackOf(reason) });
  });
  process.on('uncaughtException', (error: unknown) => {
    log.error('Nobody caught an error. The application ends.', { error: stackOf(error) });
    if (isEnding) return;
    isEnding = true;
    end();
  });
}
