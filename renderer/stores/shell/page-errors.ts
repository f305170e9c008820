import type { ErrorInfo } from 'react';
import {
  MAX_ERROR_MESSAGE_CHARS,
  MAX_ERROR_STACK_CHARS,
  type PageError,
} from '../../../shared/contract/diagnostics.ts';
import { getBridge } from '../../bridge/bridge.ts';

/** What reaches the log about an error of the page. `more`: where it happened, if the stack doesn't say. */
export function describePageError(kind: PageError['kind'], error: unknown, more = ''): PageError {
  const isError = error instanceof Error;
  const stack = [isError ? (error.stack ?? '') : '', more].filter(Boolean).join('\n');
  return {
    kind,
    message: (isError ? `${error.name}: ${error.message}` : String(error)).slice(0, MAX_ERROR_MESSAGE_CHARS),
    stack: stack.slice(0, MAX_ERROR_STACK_CHARS),
  };
}

/** Writes an unexpected error to the application's log. */
export function reportPageError(kind: PageError['kind'], error: unknown, more = ''): void {
  // If the application behind the page is gone, so is its log, and the page says so already.
  getBridge()
    .diagnostics.reportError(describePageError(kind, error, more))
    .catch(() => undefined);
}

/** For React: an error that an error boundary has caught. */
export function reportDrawingError(error: unknown, { componentStack }: ErrorInfo): void {
  reportPageError('drawn', error, componentStack ?? '');
}

/** Browsers also report delays of observers, without an error: nothing has failed then. */
export function reportThrown(error: unknown): void {
  if (error !== null && error !== undefined) reportPageError('thrown', error);
}
