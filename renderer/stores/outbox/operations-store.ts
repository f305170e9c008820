import { create } from 'zustand';
import type { OperationView } from '../../../shared/contract/operations.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { announce } from '../notices/announcements.ts';
import { runCommand } from '../notices/notices.ts';
import { describeOutboxChange, isPending } from './operation-rules.ts';

interface OperationsSlice {
  /** The whole outbox, oldest first. */
  readonly operations: readonly OperationView[];
  /** The versions with a pending operation. */
  readonly pendingVersionUuids: ReadonlySet<string>;
}

const NOTHING: OperationsSlice = { operations: [], pendingVersionUuids: new Set() };

export const useOperations = create<OperationsSlice>(() => NOTHING);

function show(operations: readonly OperationView[]): void {
  const waiting = operations.filter(isPending).flatMap(({ subject }) => (subject ? [subject.versionUuid] : []));
  useOperations.setState({ operations, pendingVersionUuids: new Set(waiting) });
}

export function applyOperations(operations: readonly OperationView[]): void {
  const announcement = describeOutboxChange(useOperations.getState().operations, operations, Date.now());
  show(operations);
  if (announcement) announce(announcement);
}

/** Announces nothing: these operations were pending before the window was opened. */
export async function loadOperations(): Promise<void> {
  const operations = await getBridge().operations.list();
  if (operations.ok) show(operations.value);
}

const idsOf = (operations: readonly OperationView[]): string[] => operations.map(({ id }) => id);

/** Sends refused operations again. Like the functions below, it shows a failure. */
export async function retryOperations(operations: readonly OperationView[]): Promise<void> {
  await runCommand(getBridge().operations.retry({ ids: idsOf(operations) }));
}

/** Discards the user's changes and keeps the state of the server. */
export async function discardOperations(operations: readonly OperationView[]): Promise<void> {
  await runCommand(getBridge().operations.drop({ ids: idsOf(operations) }));
}

export async function resolveConflicts(operations: readonly OperationView[], choice: 'theirs' | 'mine'): Promise<void> {
  await runCommand(getBridge().operations.resolve({ ids: idsOf(operations), choice }));
}

export function forgetOperations(): void {
  useOperations.setState(NOTHING);
}
