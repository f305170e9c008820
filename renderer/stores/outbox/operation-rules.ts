import type { EditedFields, OperationView } from '../../../shared/contract/operations.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { SECOND_MS } from '../../../shared/lib/durations.ts';
import { commaList } from '../../../shared/lib/sentence.ts';
import { explainFailure } from '../failures/explain-failure.ts';
import { generalTexts } from '../general-texts.en.ts';
import type { ItemState } from '../library/item-state.ts';
import { operationTexts } from './operation-texts.en.ts';

/**
 * A change that took longer than this to reach the server was visibly pending: its arrival is
 * announced.
 */
const NOTICEABLE_MS = 5 * SECOND_MS;

/** Not acknowledged by the server yet, and not parked. The screen already shows its effect. */
export function isPending({ state }: Pick<OperationView, 'state'>): boolean {
  return state === 'waiting' || state === 'sending';
}

/** "Otto v2"; "a deleted avatar" if no version of it is left. */
export function subjectName({ subject }: Pick<OperationView, 'subject'>): string {
  return subject ? generalTexts.version(subject.name, subject.version) : operationTexts.missingAvatar;
}

/** In the order in which the details pane shows them. */
export function editedFieldsOf(fields: EditedFields | null): (keyof EditedFields)[] {
  if (!fields) return [];
  return (Object.keys(operationTexts.fields) as (keyof EditedFields)[]).filter((field) => fields[field] !== undefined);
}

export function fieldText(fields: EditedFields | null, field: keyof EditedFields): string {
  const value = fields?.[field];
  const text = typeof value === 'string' ? value : commaList(value ?? []);
  return text === '' ? operationTexts.emptyField : text;
}

export function fieldLabel(field: keyof EditedFields): string {
  return operationTexts.fieldLabels[field];
}

/** The user's intent as a heading: "Make Otto v2 live". */
export function describeOperation(operation: OperationView): string {
  const subject = subjectName(operation);
  switch (operation.kind) {
    case 'activate':
      return operation.avatarUuid === null ? operationTexts.takeOffline : operationTexts.makeLive(subject);
    case 'edit':
      return operationTexts.edit(editedFieldsOf(operation.fields), subject);
    case 'trash':
      return operationTexts.moveToTrash(subject);
    case 'restore':
      return operationTexts.restore(subject);
    default:
      return assertNever(operation.kind, 'operation kind');
  }
}

export function operationState({ state }: Pick<OperationView, 'state'>): ItemState {
  switch (state) {
    case 'waiting':
      return { tone: 'waiting', label: operationTexts.pending };
    case 'sending':
      return { tone: 'busy', label: operationTexts.sending };
    case 'refused':
      return { tone: 'problem', label: operationTexts.refused };
    case 'conflict':
      return { tone: 'asked', label: operationTexts.conflict };
    default:
      return assertNever(state, 'operation state');
  }
}

export interface OutboxSummary {
  readonly pending: readonly OperationView[];
  readonly refused: readonly OperationView[];
  readonly conflicts: readonly OperationView[];
}

export function summarizeOutbox(operations: readonly OperationView[]): OutboxSummary {
  return {
    pending: operations.filter(isPending),
    refused: operations.filter(({ state }) => state === 'refused'),
    conflicts: operations.filter(({ state }) => state === 'conflict'),
  };
}

/** "3 changes pending, 1 change needs your attention, 2 conflicts"; empty if the outbox is. */
export function outboxHeadline(operations: readonly OperationView[]): string {
  const { pending, refused, conflicts } = summarizeOutbox(operations);
  return [
    ...(pending.length > 0 ? [operationTexts.pendingCount(pending.length)] : []),
    ...(refused.length > 0 ? [operationTexts.refusedCount(refused.length)] : []),
    ...(conflicts.length > 0 ? [operationTexts.conflictCount(conflicts.length)] : []),
  ].join(', ');
}

/** For the offline bar: "3 changes and 2 uploads pending."; null if there are none. */
export function describePending(changes: number, uploads: number): string | null {
  const parts = [
    ...(changes > 0 ? [operationTexts.changes(changes)] : []),
    ...(uploads > 0 ? [operationTexts.uploads(uploads)] : []),
  ];
  return parts.length === 0 ? null : operationTexts.pendingParts(parts);
}

function describeParked(operation: OperationView): string {
  if (operation.state === 'refused')
    return operationTexts.operationRefused(
      describeOperation(operation),
      operation.failure && explainFailure(operation.failure).title,
    );
  return operation.kind === 'activate'
    ? operationTexts.activeChangedByOther
    : operationTexts.editedByOther(subjectName(operation));
}

function describeArrival(operation: OperationView): string {
  if (operation.kind !== 'activate') return operationTexts.operationDone(describeOperation(operation));
  return operation.avatarUuid === null ? operationTexts.nothingLive : operationTexts.isLive(subjectName(operation));
}

function isWorthAnnouncing({ kind, createdAt }: OperationView, nowMs: number): boolean {
  return kind === 'activate' || nowMs - Date.parse(createdAt) > NOTICEABLE_MS;
}

/**
 * The announcement for screen readers between two states of the outbox: what arrived, and what was
 * parked.
 */
export function describeOutboxChange(
  before: readonly OperationView[],
  after: readonly OperationView[],
  nowMs: number,
): string {
  const stateBefore = new Map(before.map(({ id, state }) => [id, state]));
  const idsAfter = new Set(after.map(({ id }) => id));
  const arrived = before.filter(
    (operation) => isPending(operation) && !idsAfter.has(operation.id) && isWorthAnnouncing(operation, nowMs),
  );
  const parked = after.filter(
    (operation) => !isPending(operation) && stateBefore.get(operation.id) !== operation.state,
  );
  const arrivals = arrived.length > 1 ? [operationTexts.arrived(arrived.length)] : arrived.map(describeArrival);
  // One answer of the server can park the whole outbox: several are only counted.
  const parkings = parked.length > 2 ? [outboxHeadline(parked)] : parked.map(describeParked);
  return [...arrivals, ...parkings].join('. ');
}
