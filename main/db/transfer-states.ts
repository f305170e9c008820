import type { TransferState } from '../../shared/contract/transfers.ts';

export const RUNNING_STATES = ['sending', 'receiving', 'checking'] as const satisfies readonly TransferState[];
/** Not over: they run, will run, will be tried again by themselves, or are held by a person. */
export const OPEN_STATES = [
  'waiting',
  ...RUNNING_STATES,
  'failed',
  'paused',
] as const satisfies readonly TransferState[];
/** Over, until a person says otherwise. */
export const ENDED_STATES = ['done', 'refused', 'cancelled'] as const satisfies readonly TransferState[];
/** What "try all again" means: what a person cancelled is not wanted. */
export const UNSUCCESSFUL_STATES = ['failed', 'refused'] as const satisfies readonly TransferState[];
