import { type ApiFailure, toFailure } from '../../node/api-client/api-failure.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Readers } from '../db/local-database.ts';
import type { OperationRow, OperationTheirs } from '../db/schema.ts';
import { decideConflict, type OwnUpload, valuesOf } from './conflict-rules.ts';
import { findUndo, type OutboxTransaction, parkConflict, sendAgain } from './parked-operations.ts';

/**
 * Carries out the decision about an operation that the server refused because somebody else was
 * quicker. Runs after a pull, inside one transaction. `settled`: it left the outbox or is parked.
 * `again`: it must be sent again.
 */
export function settleConflict(
  { writers, readers }: OutboxTransaction,
  row: OperationRow,
  failure: ApiFailure,
): 'settled' | 'again' {
  const theirs = theirsFrom(readers, row, failure);
  if (theirs === null) {
    writers.operations.update(row.id, { state: 'refused', failure: toFailure(failure) });
    return 'settled';
  }
  if (isUndoOfNothing(readers, row)) {
    writers.operations.remove([row.id]);
    return 'settled';
  }
  const decision = decideConflict(row, theirs, ownUploadOf(readers, theirs));
  switch (decision.kind) {
    case 'done':
      writers.operations.remove([row.id]);
      return 'settled';
    case 'send':
      sendAgain({ writers, readers }, row, { intent: decision.intent });
      return 'again';
    case 'ask':
      askOrDrop({ writers, readers }, row, theirs);
      return 'settled';
    default:
      return assertNever(decision);
  }
}

/** Whether the activation that it takes back is not in the history: it never reached the server. */
function isUndoOfNothing(readers: Readers, { intent, projectUuid }: OperationRow): boolean {
  if (intent.kind !== 'activate' || intent.undoes === null) return false;
  const history = readers.projects.find(projectUuid)?.activations ?? [];
  return !history.some(({ uuid }) => uuid === intent.undoes);
}

/** Nobody is asked about an operation that its user has taken back in the meantime. */
function askOrDrop({ writers, readers }: OutboxTransaction, row: OperationRow, theirs: OperationTheirs): void {
  const undo = findUndo(readers, row);
  if (undo === null) parkConflict({ writers, readers }, row, theirs);
  else writers.operations.remove([row.id, undo.id]);
}

/** Null if the subject no longer exists. */
function theirsFrom(readers: Readers, row: OperationRow, { currentFields }: ApiFailure): OperationTheirs | null {
  const { intent, projectUuid } = row;
  if (intent.kind === 'edit' && currentFields !== null) {
    const { changed_by: by, changed_at: at } = currentFields;
    return { kind: 'fields', fields: valuesOf(currentFields, intent.fields), by, at };
  }
  const project = readers.projects.find(projectUuid);
  if (intent.kind !== 'activate' || project === null) return null;
  const { active, activeSetBy: by, activeSetAt: at } = project;
  return { kind: 'active', activeUuid: active?.versionUuid ?? null, by, at };
}

function ownUploadOf(readers: Readers, theirs: OperationTheirs): OwnUpload | null {
  if (theirs.kind !== 'active' || theirs.activeUuid === null) return null;
  const uploads = readers.transfers
    .newestFirst()
    .filter(({ kind, activation }) => kind === 'upload' && activation === 'activated');
  return uploads.find(({ versionUuid }) => versionUuid === theirs.activeUuid) ?? null;
}
