import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components';
import { CallFailedError } from '../../../shared/contract/call-answer.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { SECOND_MS } from '../../../shared/lib/durations.ts';
import { explainFailure } from '../failures/explain-failure.ts';

export interface Notice {
  readonly tone: 'plain' | 'problem';
  readonly title: string;
  readonly detail?: string;
  readonly hint?: string;
  /** Shown small, for searching and for support. */
  readonly code?: string;
  readonly action?: { readonly label: string; run(): void };
}

const MAX_VISIBLE = 4;
const PLAIN_TIMEOUT_MS = 6 * SECOND_MS;
/** Long enough to read a sentence and to reach the button. */
const ACTION_TIMEOUT_MS = 12 * SECOND_MS;

export const noticeQueue = new ToastQueue<Notice>({ maxVisibleToasts: MAX_VISIBLE });

/** Returns a function that removes the notice early. */
export function showNotice(notice: Notice): () => void {
  // A problem stays until it is dismissed: nobody should have to hurry to read why something
  // failed.
  const timeout = notice.action ? ACTION_TIMEOUT_MS : PLAIN_TIMEOUT_MS;
  const key = noticeQueue.add(notice, notice.tone === 'problem' ? {} : { timeout });
  return () => noticeQueue.close(key);
}

export function showFailure(failure: Failure): void {
  showNotice({ tone: 'problem', ...explainFailure(failure), code: failure.code });
}

/** Runs a command and shows its failure. Returns whether it was done. */
export async function runCommand(
  command: Promise<{ readonly ok: true } | { readonly ok: false; readonly failure: Failure }>,
): Promise<boolean> {
  const outcome = await command;
  if (!outcome.ok) showFailure(outcome.failure);
  return outcome.ok;
}

let reportBug: (error: unknown) => void = () => undefined;

/** Where bugs go besides the screen. Tests of other things leave it out. */
export function reportBugsTo(report: (error: unknown) => void): void {
  reportBug = report;
}

/** For a rejected channel: it is a bug or a broken connection, never an expected failure. */
export function showBug(error: unknown): void {
  // The application has logged why a call failed.
  if (!(error instanceof CallFailedError)) reportBug(error);
  showFailure(failureOfCall(error));
}

/** The failure of a call that was rejected. */
export function failureOfCall(error: unknown): Failure {
  if (error instanceof CallFailedError) return error.failure;
  return { code: 'unexpected' };
}

/** For event handlers: starts the work and shows an unexpected error. */
export function start(work: Promise<unknown>): void {
  work.catch(showBug);
}
