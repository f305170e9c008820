import type { TransferState } from '../../shared/contract/transfers.ts';

export const RUNNING_STATES = ['sending', 'receiving', 'checking'] as const satisfies readonly TransferState[];
/** Not finished: running, queued, about to be retried automatically, or paused by a person. */
export const OPEN_STATES = [
  'waiting',
  ...RUNNING_STATES,
  'failed',
  'paused',
] as const satisfies readonly TransferState[];
/** Finished, unless a person retries them. */
export const ENDED_STATES = ['done', 'refused', 'cancelled'] as const satisfies readonly TransferState[];
/** What "Try all again" retries. Transfers that a person canceled are not among them. */
export const UNSUCCESSFUL_STATES = ['failed', 'refused'] as const satisfies readonly TransferState[];
