import { uuidSchema } from '../../../../shared/domain/ids.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ServiceContext } from '../../../context.ts';
import { notFound, type ServiceResult } from '../../../failures/service-failure.ts';
import { findReceipt, type UploadReceipt } from '../receipts.ts';
import { findSession } from './session-rows.ts';
import { countReceivedBytes } from './stream-file.ts';

/**
 * The progress of the caller's own upload with this key, whether it is sent as a form or by a
 * session. For a session that is not complete, this is the number of bytes of its stream. Failures:
 * `not_found`, also for other users' keys.
 */
export async function readUploadProgress(
  context: ServiceContext,
  caller: Caller,
  key: string,
): ServiceResult<UploadReceipt> {
  const receipt = await findReceipt(context, caller, key);
  if (receipt) return ok(receipt);
  // The key of a form may be any text; that of a session is a UUID.
  const session = uuidSchema.safeParse(key).success ? await findSession(context.db, caller, key) : null;
  if (!session) return fail(notFound('upload'));
  return ok({ received_bytes: await countReceivedBytes(context, key), state: 'receiving' });
}
