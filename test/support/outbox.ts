import type { OperationState, OperationView } from '../../shared/contract/operations.ts';
import { mustBe, type RunningApplication, until } from './application.ts';

/** Waits until the server has acknowledged everything and the results are in the library. */
export async function allSent(app: RunningApplication): Promise<void> {
  await until(async () => mustBe(await app.operations.list()).length === 0);
}

/** The parked operations, once `count` of them are in this state and nothing else is in the outbox. */
export function parked(
  app: RunningApplication,
  state: Extract<OperationState, 'refused' | 'conflict'>,
  count = 1,
): Promise<readonly OperationView[]> {
  return until(async () => {
    const operations = mustBe(await app.operations.list());
    return operations.length === count && operations.every((one) => one.state === state) && operations;
  });
}
