import type { OperationView } from '../../../shared/contract/operations.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';

/** What one run saw and was promised, kept outside of every process that may be killed. */
export class Book {
  readonly #startedAt = performance.now();
  readonly #trace: string[] = [];
  /** What must not have happened. */
  readonly findings: string[] = [];
  /** Versions of which a person was told that they are on the server, by upload. */
  readonly acknowledged = new Map<string, { readonly client: number; readonly avatarUuid: string }>();
  /** Operations that a person was shown as waiting, by id, and whose. */
  readonly operations = new Map<string, { readonly client: number; readonly view: OperationView }>();
  /** Operations that were given up, by a person or for a newer one. */
  readonly dropped = new Set<string>();
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
    for (const { id, kind, state, avatarUuid } of transfers) {
      if (kind === 'upload' && state === 'done' && avatarUuid !== null)
        this.acknowledged.set(id, { client, avatarUuid });
    }
  }

  hearOperations(client: number, operations: readonly OperationView[]): void {
    for (const view of operations) this.operations.set(view.id, { client, view });
  }

  get trace(): string {
    return this.#trace.join('\n');
  }
}
