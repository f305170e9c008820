import type { Failure } from './failure.ts';

/**
 * What a transport carries back for one call. A transport never rejects: Electron would show its
 * own sentence ("Error invoking remote method ...") and drop everything of an error but its text.
 */
export type CallAnswer =
  | { readonly ok: true; readonly output?: unknown }
  | { readonly ok: false; readonly failure: Failure };

/** A call without an output: nobody expected it to fail like this. */
export class CallFailedError extends Error {
  override readonly name = 'CallFailedError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`The call failed: ${failure.code}`);
    this.failure = failure;
  }
}

/** The output, for the code that called; throws a `CallFailedError` if there is none. */
export function outputOf(answer: CallAnswer): unknown {
  if (answer.ok) return answer.output;
  throw new CallFailedError(answer.failure);
}

/** Runs a call for a transport. `report` gets the error, which the caller is not shown. */
export async function answerCall(call: () => Promise<unknown>, report: (error: unknown) => void): Promise<CallAnswer> {
  try {
    return { ok: true, output: await call() };
  } catch (error) {
    report(error);
    return { ok: false, failure: error instanceof CallFailedError ? error.failure : { code: 'unexpected' } };
  }
}
