import type { Failure } from '../../shared/contract/failure.ts';
import type { OperationView } from '../../shared/contract/operations.ts';
import type { PendingOperation } from '../../shared/domain/intents.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import type { Readers, Writers } from '../db/local-database.ts';
import type { OperationRow } from '../db/schema.ts';
import { type ChangeNotifier, createChangeNotifier } from '../timing/change-notifier.ts';
import { type Throttled, throttle } from '../timing/throttle.ts';
import { effectiveReaders } from './effective-readers.ts';
import { operationViews } from './operation-views.ts';
import { dropParked, insertOperations, refreshConflicts, resolveConflicts, retryRefused } from './parked-operations.ts';
import { Sender, type SenderOptions } from './sender.ts';

export interface OutboxOptions extends Pick<SenderOptions, 'api' | 'database' | 'sync' | 'log'> {
  /**
   * The pending operations of these projects changed, and with them the library that people see.
   */
  onLibraryChange(projectUuids: readonly string[]): void;
  /** The whole outbox, oldest first; at most a few times a second. */
  onChange(operations: OperationView[]): void;
}

type Decision = Result<null, Failure>;

export interface Recorded<Value> {
  readonly operations: readonly PendingOperation[];
  /** Pending operations of the same projects that leave the outbox: these make them unnecessary. */
  readonly replaced?: readonly OperationRow[];
  /** Computes the result of `record`. `read`: the library with these operations applied. */
  readonly result: (read: Readers) => Value;
}

/** The shortest time between two events for the screen, in milliseconds. */
const CHANGE_INTERVAL_MS = 250;

/**
 * Edits that the server has not acknowledged. They are stored, shown and sent in order. A person
 * decides about conflicts.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #changed: Throttled;
  readonly #library: ChangeNotifier;
  readonly #sender: Sender;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#changed = throttle(() => options.onChange(this.list()), CHANGE_INTERVAL_MS);
    this.#library = createChangeNotifier((projectUuids) => options.onLibraryChange(projectUuids));
    this.#sender = new Sender({
      ...options,
      onSent: () => this.#changed.request(),
      onSettled: (projectUuids) => this.#announce(projectUuids),
    });
  }

  /** Sends the pending operations, including those of an earlier run of the application. */
  start(): void {
    this.#sender.start();
    this.#changed.request();
  }

  /** Cuts off running requests. They are sent again at the next start, with the same keys. */
  async stop(): Promise<void> {
    await this.#sender.stop();
    this.#changed.stop();
    this.#library.stop();
  }

  /** Sends operations that waited for the server. */
  wake(): void {
    this.#sender.wake();
  }

  /** Decides by the effective library and stores the operations, all or none, in one transaction. */
  record<Value>(decide: (read: Readers) => Result<Recorded<Value>, Failure>): Result<Value, Failure> {
    const { database, log } = this.#options;
    const recorded = database.tryWrite((writers, readers) => {
      const decision = decide(effectiveReaders(readers));
      if (!decision.ok) return decision;
      const { operations, replaced = [], result } = decision.value;
      writers.operations.remove(replaced.map(({ id }) => id));
      insertOperations({ writers, readers }, operations);
      return ok({ operations, result: result(effectiveReaders(readers)) });
    });
    if (!recorded.ok) {
      log.warn('Could not store an operation', recorded.failure);
      return recorded;
    }
    if (!recorded.value.ok) return recorded.value;
    const { operations, result } = recorded.value.value;
    const projectUuids = new Set(operations.map(({ projectUuid }) => projectUuid));
    if (projectUuids.size > 0) this.#operationsChanged([...projectUuids]);
    return ok(result);
  }

  /** Call after a pull changed these projects, so that conflicts show the present state. */
  libraryChanged(projectUuids: readonly string[]): void {
    const { database, log } = this.#options;
    if (database.read.operations.inStates(['conflict'], 1).length === 0) return;
    const refreshed = database.tryWrite((writers, readers) => refreshConflicts({ writers, readers }, projectUuids));
    // The conflict stays as it was. The server compares again when a person decides.
    if (!refreshed.ok) log.warn('Could not update a conflict', refreshed.failure);
    else if (refreshed.value) this.#changed.request();
  }

  /** All operations, oldest first. */
  list(): OperationView[] {
    const { read } = this.#options.database;
    return operationViews(effectiveReaders(read), read.operations.all());
  }

  /** This and the next two fail with `disk` if the disk is full. Nothing has changed then. */
  retry(ids: readonly string[]): Decision {
    return this.#decide((transaction) => retryRefused(transaction, ids));
  }

  drop(ids: readonly string[]): Decision {
    return this.#decide((transaction) => dropParked(transaction, ids));
  }

  resolve(ids: readonly string[], choice: 'theirs' | 'mine'): Decision {
    return this.#decide((transaction) => resolveConflicts(transaction, ids, choice));
  }

  #decide(work: (transaction: { writers: Writers; readers: Readers }) => readonly string[]): Decision {
    const { database, log } = this.#options;
    const projectUuids = database.tryWrite((writers, readers) => work({ writers, readers }));
    if (!projectUuids.ok) {
      log.warn('Could not store a decision', projectUuids.failure);
      return projectUuids;
    }
    if (projectUuids.value.length > 0) this.#operationsChanged(projectUuids.value);
    return ok(null);
  }

  #operationsChanged(projectUuids: readonly string[]): void {
    this.#announce(projectUuids);
    this.#sender.sendNext();
  }

  #announce(projectUuids: readonly string[]): void {
    this.#library.changed(projectUuids);
    this.#changed.request();
  }
}
