import type { EditedFields, OperationView } from '../../shared/contract/operations.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import type { ItemState } from './item-state.ts';

/** A change that took longer than this to arrive has been waiting: its arrival is worth a word. */
const NOTICEABLE_MS = 5 * SECOND_MS;

/** On its way: what it means is on the screen already. */
export function isPending({ state }: Pick<OperationView, 'state'>): boolean {
  return state === 'waiting' || state === 'sending';
}

export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "Otto v2"; without a version of it "an avatar that is gone". */
export function subjectName({ subject }: Pick<OperationView, 'subject'>): string {
  return subject ? `${subject.name} v${subject.version}` : 'an avatar that is gone';
}

const fieldNames: Readonly<Record<keyof EditedFields, string>> = {
  name: 'name',
  tags: 'tags',
  description: 'description',
};

/** In the order in which the inspector shows them. */
export function editedFieldsOf(fields: EditedFields | null): (keyof EditedFields)[] {
  if (!fields) return [];
  return (Object.keys(fieldNames) as (keyof EditedFields)[]).filter((field) => fields[field] !== undefined);
}

/** A field's value in words; an empty one says so. */
export function fieldText(fields: EditedFields | null, field: keyof EditedFields): string {
  const value = fields?.[field];
  const text = typeof value === 'string' ? value : (value ?? []).join(', ');
  return text === '' ? 'none' : text;
}

export function fieldLabel(field: keyof EditedFields): string {
  return `${fieldNames[field].charAt(0).toUpperCase()}${fieldNames[field].slice(1)}`;
}

const listOf = new Intl.ListFormat('en', { type: 'conjunction' });

/** What was meant, as a heading: "Make Otto v2 live". */
export function describeOperation(operation: OperationView): string {
  switch (operation.kind) {
    case 'activate':
      return operation.avatarUuid === null ? 'Make none live' : `Make ${subjectName(operation)} live`;
    case 'edit': {
      const fields = editedFieldsOf(operation.fields).map((field) => fieldNames[field]);
      return `Change the ${listOf.format(fields)} of ${subjectName(operation)}`;
    }
    case 'trash':
      return `Move ${subjectName(operation)} to the trash`;
    case 'restore':
      return `Restore ${subjectName(operation)}`;
    default:
      return assertNever(operation.kind, 'operation kind');
  }
}

export function operationState({ state }: Pick<OperationView, 'state'>): ItemState {
  switch (state) {
    case 'waiting':
      return { tone: 'waiting', label: 'Waiting' };
    case 'sending':
      return { tone: 'busy', label: 'Sending' };
    case 'refused':
      return { tone: 'problem', label: 'Refused' };
    case 'conflict':
      return { tone: 'asked', label: 'Your choice' };
    default:
      return assertNever(state, 'operation state');
  }
}

export interface OutboxSummary {
  readonly waiting: readonly OperationView[];
  readonly refused: readonly OperationView[];
  readonly conflicts: readonly OperationView[];
}

export function summarizeOutbox(operations: readonly OperationView[]): OutboxSummary {
  return {
    waiting: operations.filter(isPending),
    refused: operations.filter(({ state }) => state === 'refused'),
    conflicts: operations.filter(({ state }) => state === 'conflict'),
  };
}

/** "3 changes wait, 1 refused, 2 need your choice"; empty: there is nothing. */
export function outboxHeadline(operations: readonly OperationView[]): string {
  const { waiting, refused, conflicts } = summarizeOutbox(operations);
  return [
    waiting.length > 0 ? plural(waiting.length, 'change waits', 'changes wait') : '',
    refused.length > 0 ? `${plural(refused.length, 'change', 'changes')} refused` : '',
    conflicts.length > 0 ? plural(conflicts.length, 'change needs your choice', 'changes need your choice') : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** For the offline bar: "3 changes and 2 uploads wait for the server."; null: nothing waits. */
export function describePending(changes: number, uploads: number): string | null {
  const parts = [
    changes > 0 ? plural(changes, 'change', 'changes') : '',
    uploads > 0 ? plural(uploads, 'upload', 'uploads') : '',
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return `${parts.join(' and ')} ${changes + uploads === 1 ? 'waits' : 'wait'} for the server.`;
}

function describeParked(operation: OperationView): string {
  if (operation.state === 'refused') return `${describeOperation(operation)}: ${operation.failure?.title ?? 'refused'}`;
  if (operation.kind === 'activate') {
    return 'Somebody else switched the live avatar meanwhile. Choose which one stays.';
  }
  return `Somebody else changed ${subjectName(operation)} meanwhile. Choose which one stays.`;
}

function describeArrival(operation: OperationView): string {
  if (operation.kind !== 'activate') return `${describeOperation(operation)}: done`;
  return operation.avatarUuid === null ? 'Nothing is live' : `${subjectName(operation)} is live`;
}

/** Between two states of the outbox, what to tell a screen reader: what has arrived, and what was parked. */
export function describeOutboxChange(
  before: readonly OperationView[],
  after: readonly OperationView[],
  nowMs: number,
): string {
  const states = new Map(before.map(({ id, state }) => [id, state]));
  const stays = new Set(after.map(({ id }) => id));
  const arrived = before.filter((operation) => isPending(operation) && !stays.has(operation.id));
  const told = arrived.filter(
    ({ kind, createdAt }) => kind === 'activate' || nowMs - Date.parse(createdAt) > NOTICEABLE_MS,
  );
  const parked = after.filter((operation) => !isPending(operation) && states.get(operation.id) !== operation.state);
  const arrivals = told.length > 1 ? [`${told.length} changes are on the server`] : told.map(describeArrival);
  // After an answer the whole outbox may be parked at once: one word for many.
  const parkings = parked.length > 2 ? [outboxHeadline(parked)] : parked.map(describeParked);
  return [...arrivals, ...parkings].join('. ');
}
