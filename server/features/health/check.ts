import type { Logger } from 'pino';
import { SECOND_MS } from '../../../shared/lib/durations.ts';

/** Those who ask for the health of a server give up after a few seconds. */
export const CHECK_LIMIT_MS = 2 * SECOND_MS;
/** Anybody may ask, so however often somebody does, the parts are asked once in this time. */
const FRESH_MS = SECOND_MS;

/** `late`: there was no answer within `CHECK_LIMIT_MS`. */
export type CheckResult = 'ok' | 'failed' | 'late';

/** Returns the latest result, or one that takes at most `CHECK_LIMIT_MS`. Never rejects. */
export type Check = () => Promise<CheckResult>;

export interface CheckedPart {
  readonly name: string;
  /** Rejects if the part does not work. May hang: it is not called again while it does. */
  readonly run: () => Promise<void>;
}

/** Checks a part of the server on demand. Only a change of the result is logged. */
export function createCheck({ name, run }: CheckedPart, log: Logger): Check {
  let running: Promise<CheckResult> | null = null;
  let latest: { readonly result: CheckResult; readonly atMs: number } | null = null;
  const note = (result: CheckResult, error?: unknown) => {
    const was = latest?.result ?? 'ok';
    latest = { result, atMs: performance.now() };
    if (result === was) return;
    if (result === 'ok') log.info({ check: name }, 'a part of the server works again');
    else log.warn({ check: name, result, err: error }, 'a part of the server does not work');
  };
  const attempt = async (): Promise<CheckResult> => {
    try {
      await run();
      note('ok');
      return 'ok';
    } catch (error) {
      note('failed', error);
      return 'failed';
    } finally {
      running = null;
    }
  };
  return async () => {
    if (running === null && latest !== null && performance.now() - latest.atMs < FRESH_MS) return latest.result;
    running ??= attempt();
    const result = await within(running);
    if (result === 'late') note('late');
    return result;
  };
}

async function within(work: Promise<CheckResult>): Promise<CheckResult> {
  const limit = Promise.withResolvers<CheckResult>();
  const timer = setTimeout(() => limit.resolve('late'), CHECK_LIMIT_MS);
  try {
    return await Promise.race([work, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}
