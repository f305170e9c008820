import { uuidSchema } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { type ApiFailure, notFound } from '../service-failure.ts';
import { findReceipt, type UploadReceipt } from '../uploads/receipts.ts';
import { findSession } from './session-rows.ts';
import { countReceivedBytes } from './stream-file.ts';

/**
 * How far the caller's own upload with this key has come, whichever way it comes; of a session that is not complete: how much of its
 * stream is here. Failures: `not_found`, also for other people's keys.
 */
export async function readUploadProgress(
  context: ServiceContext,
  caller: Caller,
  key: string,
): Promise<Result<UploadReceipt, ApiFailure>> {
  const receipt = await findReceipt(context, caller, key);
  if (receipt) return ok(receipt);
  // Keys of forms may be any text; those of sessions are uuids.
  const session = uuidSchema.safeParse(key).success ? await findSession(context.db, caller, key) : null;
  if (!session) return fail(notFound('upload'));
  return ok({ received_bytes: await countReceivedBytes(context, key), state: 'receiving' });
}
