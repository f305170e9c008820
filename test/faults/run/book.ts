import type { TransferView } from '../../../shared/contract/transfers.ts';
import type { LibraryOperation } from '../check/read-library.ts';

/** An operation that a client took on, with every key under which it was or is to be sent. */
export interface SeenOperation {
  readonly client: number;
  readonly kind: string;
  readonly keys: Set<string>;
}

/** What one run saw and was promised, kept outside of every process that may be killed. */
export class Book {
  readonly #startedAt = performance.now();
  readonly #trace: string[] = [];
  /** What must not have happened. */
  readonly findings: string[] = [];
  /** Versions that the screen showed as stored on the server, by upload. */
  readonly acknowledged = new Map<string, { readonly client: number; readonly versionUuid: string }>();
  /** What people did and were shown as waiting, by the operation's id. */
  readonly operations = new Map<string, SeenOperation>();
  /** The server's response to each idempotency key, whether or not the client received it. */
  readonly answers = new Map<string, readonly number[]>();
  /** How often each fault struck. */
  readonly struck = new Map<string, number>();

  note(text: string): void {
    this.#trace.push(`${String(Math.round(performance.now() - this.#startedAt)).padStart(6)} ms  ${text}`);
  }

  found(what: string): void {
    this.note(`FOUND ${what}`);
    this.findings.push(what);
  }

  countStruck(fault: string, times: number): void {
    if (times > 0) this.struck.set(fault, (this.struck.get(fault) ?? 0) + times);
  }

  hearTransfers(client: number, transfers: readonly TransferView[]): void {
    for (const { id, kind, state, versionUuid } of transfers) {
      if (kind === 'upload' && state === 'done' && versionUuid !== null)
        this.acknowledged.set(id, { client, versionUuid });
    }
  }

  /** Notes the outbox of one client, as stored on its disk now. */
  seeOperations(client: number, operations: readonly LibraryOperation[]): void {
    for (const { id, kind, requestKey } of operations) {
      const seen = this.operations.get(id) ?? { client, kind, keys: new Set<string>() };
      seen.keys.add(requestKey);
      this.operations.set(id, seen);
    }
  }

  get trace(): string {
    return this.#trace.join('\n');
  }
}
