import { setCustomerQuota } from '../../../server/features/storage/quotas.ts';
import { DEFAULT_STORAGE_LIMITS } from '../../../server/features/storage/storage-environment.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import type { Run } from './run-schedule.ts';

/** Whether an upload waits for storage. */
export const isUnfitting = ({ state, failure }: TransferView): boolean =>
  state === 'refused' && failure?.code === 'quota_exceeded';

/** From now on every further upload of this run's customer is refused. */
export async function reachQuota({ lane, world }: Run): Promise<void> {
  await lane.sql.query('update customers set quota_bytes = 0 where id = $1', [world.customer.id]);
}

/** Takes the quota away as an operator does, so that the clients are notified. */
export async function liftQuota({ lane, world, schedule }: Run): Promise<void> {
  if (!schedule.steps.some(({ kind }) => kind === 'quota-reached')) return;
  const context = { db: lane.database.db, storageLimits: DEFAULT_STORAGE_LIMITS };
  const lifted = await setCustomerQuota(context, null, { customer: { uuid: world.customer.uuid }, quotaBytes: null });
  if (!lifted.ok) throw new Error(lifted.failure.detail);
}
