import { setTimeout } from 'node:timers/promises';
import type { SendFailure } from '../../node/api-client/send-upload.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import type { Result } from '../../shared/lib/result.ts';
import type { Progress } from './progress.ts';
import { isTemporary } from './remote-failure.ts';
import { remoteTexts as texts } from './texts.en.ts';

/** The first wait doubles with each attempt: a restart of a server takes a few seconds. */
const FIRST_WAIT_MS = SECOND_MS;
const LONGEST_WAIT_MS = 60 * SECOND_MS;

export const DEFAULT_RETRIES = 5;

/**
 * Repeats what a lost connection or a busy server ended. Each attempt continues where it stopped.
 */
export async function retrying<Value>(
  { retries, progress }: { readonly retries: number; readonly progress: Progress },
  attempt: () => Promise<Result<Value, SendFailure>>,
): Promise<Result<Value, SendFailure>> {
  for (let failed = 0; ; failed += 1) {
    const result = await attempt();
    if (result.ok || failed >= retries || !isTemporary(result.failure)) return result;
    const waitMs = waitAfter(result.failure, failed);
    progress.says(texts.retrying(Math.ceil(waitMs / SECOND_MS)));
    await setTimeout(waitMs);
  }
}

/** As the server asks, within limits; otherwise longer each time. */
function waitAfter(failure: SendFailure, failed: number): number {
  const asked = 'retryAfterMs' in failure ? failure.retryAfterMs : null;
  return Math.min(LONGEST_WAIT_MS, asked ?? FIRST_WAIT_MS * 2 ** failed);
}
