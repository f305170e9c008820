import { randomUUID } from 'node:crypto';
import { type PendingOperation, supersedes } from '../../shared/domain/intents.ts';
import type { Readers, Writers } from '../db/local-database.ts';
import type { OperationPatch } from '../db/operations-repository.ts';
import type { NewOperationRow, OperationRow, OperationTheirs } from '../db/schema.ts';
import { decideConflict, rebased, valuesOf } from './conflict-rules.ts';

// Changes of operation rows that carry out people's decisions. Each runs inside one transaction and
// returns the uuids of the projects that changed.

export interface OutboxTransaction {
  readonly writers: Writers;
  readonly readers: Readers;
}

/**
 * Puts new operations into the outbox. A new decision also settles an open conflict about the same
 * thing.
 */
export function insertOperations(
  { writers, readers }: OutboxTransaction,
  operations: readonly PendingOperation[],
): void {
  const conflicts = readers.operations.inStates(['conflict']);
  for (const operation of operations) {
    const settled = conflicts.filter((row) => supersedes(operation, row));
    writers.operations.remove(settled.map(({ id }) => id));
    writers.operations.insert(newRow(operation));
  }
}

function newRow(operation: PendingOperation): NewOperationRow {
  return { ...operation, id: randomUUID(), state: 'waiting' };
}

/**
 * Keeps an operation until a person decides. It replaces an older conflict about the same thing.
 */
export function parkConflict(
  { writers, readers }: OutboxTransaction,
  row: OperationRow,
  theirs: OperationTheirs,
): void {
  const older = readers.operations
    .inStates(['conflict'])
    .filter((one) => one.sequence < row.sequence && supersedes(row, one));
  writers.operations.remove(older.map(({ id }) => id));
  writers.operations.update(row.id, { state: 'conflict', theirs, failure: null });
}

/**
 * The pending operation that takes back what this one was to do; null if there is none. It is
 * behind this one in the project's line, so it has not been sent.
 */
export function findUndo(readers: Readers, { requestKey }: OperationRow): OperationRow | null {
  const pending = readers.operations.overlaying();
  return pending.find(({ intent }) => intent.kind === 'activate' && intent.undoes === requestKey) ?? null;
}

/**
 * Sends an operation again with a new key, because its request is another one now. A pending undo
 * of it follows.
 */
export function sendAgain({ writers, readers }: OutboxTransaction, row: OperationRow, patch: OperationPatch): void {
  const requestKey = randomUUID();
  const undo = findUndo(readers, row);
  if (undo?.intent.kind === 'activate') {
    writers.operations.update(undo.id, { intent: { ...undo.intent, undoes: requestKey } });
  }
  writers.operations.update(row.id, { ...patch, state: 'waiting', requestKey });
}

/** A person has decided about the operation. */
const DECIDED: OperationPatch = { attempts: 0, failure: null, theirs: null };

/**
 * Sends refused operations again. They get new keys, because the server repeats its response to an
 * old key.
 */
export function retryRefused({ writers, readers }: OutboxTransaction, ids: readonly string[]): readonly string[] {
  const rows = pickRows(readers, ids, ['refused']);
  for (const row of rows) sendAgain({ writers, readers }, row, DECIDED);
  return projectsOf(rows);
}

export function dropParked({ writers, readers }: OutboxTransaction, ids: readonly string[]): readonly string[] {
  const rows = pickRows(readers, ids, ['refused', 'conflict']);
  writers.operations.remove(rows.map(({ id }) => id));
  return projectsOf(rows);
}

/**
 * `theirs` discards the operation. `mine` sends it again, based on the state of the server that the
 * person saw.
 */
export function resolveConflicts(
  { writers, readers }: OutboxTransaction,
  ids: readonly string[],
  choice: 'theirs' | 'mine',
): readonly string[] {
  const rows = pickRows(readers, ids, ['conflict']);
  if (choice === 'theirs') writers.operations.remove(rows.map(({ id }) => id));
  else {
    for (const row of rows) {
      const intent = row.theirs === null ? row.intent : rebased(row.intent, row.theirs);
      sendAgain({ writers, readers }, row, { ...DECIDED, intent });
    }
  }
  return projectsOf(rows);
}

/**
 * Updates conflicts after a pull, so that they show the present state of the server. Removes those
 * that no longer exist. An empty list of projects means that everything may have changed. Returns
 * whether a conflict changed.
 */
export function refreshConflicts({ writers, readers }: OutboxTransaction, projectUuids: readonly string[]): boolean {
  const conflicts = readers.operations.inStates(['conflict']);
  const touched = new Set(projectUuids);
  let hasChanged = false;
  for (const row of conflicts) {
    if (touched.size > 0 && !touched.has(row.projectUuid)) continue;
    const theirs = presentTheirs(readers, row);
    if (theirs === null) continue;
    hasChanged = true;
    if (decideConflict(row, theirs).kind === 'done') writers.operations.remove([row.id]);
    else writers.operations.update(row.id, { theirs });
  }
  return hasChanged;
}

/**
 * The present state of the server. Null if it is the same as in the conflict, or if the subject no
 * longer exists.
 */
function presentTheirs(readers: Readers, { projectUuid, intent, theirs }: OperationRow): OperationTheirs | null {
  if (theirs?.kind === 'active') {
    const project = readers.projects.find(projectUuid);
    const activeUuid = project?.active?.versionUuid ?? null;
    if (project === null || activeUuid === theirs.activeUuid) return null;
    return { kind: 'active', activeUuid, by: project.activeSetBy, at: project.activeSetAt };
  }
  if (theirs?.kind !== 'fields' || intent.kind !== 'edit') return null;
  const row = readers.versions.find(intent.versionUuid);
  if (row === null) return null;
  const fields = valuesOf(row, intent.fields);
  if (JSON.stringify(fields) === JSON.stringify(valuesOf(theirs.fields, intent.fields))) return null;
  // The feed says what changed, not who changed it.
  return { kind: 'fields', fields, by: null, at: null };
}

function pickRows(
  readers: Readers,
  ids: readonly string[],
  states: readonly OperationRow['state'][],
): readonly OperationRow[] {
  const wanted = new Set(ids);
  return readers.operations.inStates(states).filter(({ id }) => wanted.has(id));
}

function projectsOf(rows: readonly OperationRow[]): readonly string[] {
  return [...new Set(rows.map(({ projectUuid }) => projectUuid))];
}
