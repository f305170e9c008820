import { type Log, stackOf } from '../../node/log.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { HeldActivation } from '../../shared/contract/transfers.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { compareBundles } from '../../shared/gab/compare/compare-bundles.ts';
import { breakingDifferences } from '../../shared/gab/compare/project-needs.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import type { HeldActivationRow, VersionRow } from '../db/schema.ts';
import type { Summaries } from '../media/summaries.ts';
import type { LibraryActions } from './library-actions.ts';

export interface HeldActivationsOptions {
  /** The library as people see it. */
  readonly database: LocalDatabase;
  readonly summaries: Pick<Summaries, 'find' | 'request'>;
  readonly actions: Pick<LibraryActions, 'activate'>;
  readonly log: Log;
  onChange(held: readonly HeldActivation[]): void;
}

/** What is known about a held activation. */
type Finding =
  /** The version is active, gone, or can no longer be activated. */
  | { readonly kind: 'pointless' }
  /** A summary is missing, or the active version itself. */
  | { readonly kind: 'unknown'; readonly over: VersionUuid }
  /** Nothing is active, or nothing would break. */
  | { readonly kind: 'harmless'; readonly over: VersionUuid | null }
  /** A person decides: something would break, or the two can never be compared. */
  | { readonly kind: 'open'; readonly over: VersionUuid };

/**
 * Uploaded versions that are activated as soon as they have been compared with the active version.
 * If something would break, or the two cannot be compared, they wait for a person, across restarts.
 */
export class HeldActivations {
  readonly #options: HeldActivationsOptions;
  #announced = '[]';

  constructor(options: HeldActivationsOptions) {
    this.#options = options;
  }

  list(): HeldActivation[] {
    return this.#rows().flatMap((row) => {
      const finding = this.#examine(row);
      if (finding.kind !== 'open' && finding.kind !== 'unknown') return [];
      const { versionUuid, projectUuid } = row;
      return [{ versionUuid, projectUuid, needsAnswer: finding.kind === 'open' }];
    });
  }

  /** Call when the library changed: requests the summaries that are missing. */
  settle(): void {
    if (!this.#options.database.isOpen()) return;
    for (const row of this.#rows()) this.#requestSummaries(row);
    this.settleKnown();
  }

  /** Call when summaries arrived. */
  settleKnown(): void {
    if (!this.#options.database.isOpen()) return;
    for (const row of this.#rows()) this.#settleOne(row);
    this.#announce();
  }

  /** A person's answer. `isWanted`: activate it although something would, or may, break. */
  answer(versionUuid: VersionUuid, isWanted: boolean): Result<null, Failure> {
    const row = this.#rows().find((one) => one.versionUuid === versionUuid);
    if (row === undefined) return ok(null);
    const finding = this.#examine(row);
    const over = finding.kind === 'open' ? finding.over : null;
    const activated = isWanted && finding.kind === 'open' ? this.#activate(row, over) : ok(null);
    if (!activated.ok) return activated;
    const removed = this.#remove(row);
    this.#announce();
    return removed;
  }

  #rows(): readonly HeldActivationRow[] {
    return this.#options.database.read.heldActivations.all();
  }

  #settleOne(row: HeldActivationRow): void {
    const finding = this.#examine(row);
    if (finding.kind === 'pointless') this.#remove(row);
    else if (finding.kind === 'harmless' && this.#activate(row, finding.over).ok) this.#remove(row);
  }

  #examine({ versionUuid, projectUuid }: HeldActivationRow): Finding {
    const { read } = this.#options.database;
    const version = read.versions.find(versionUuid);
    if (version === null || version.deletedAt !== null || !version.activatable) return { kind: 'pointless' };
    const active = read.projects.find(projectUuid)?.active ?? null;
    if (active?.versionUuid === versionUuid) return { kind: 'pointless' };
    if (active === null) return { kind: 'harmless', over: null };
    const row = read.versions.find(active.versionUuid);
    return row === null ? { kind: 'unknown', over: active.versionUuid } : this.#compare(row, version);
  }

  #compare(active: VersionRow, version: VersionRow): Finding {
    const over = active.uuid;
    const { summaries } = this.#options;
    const [before, after] = [summaries.find(active.sha256), summaries.find(version.sha256)];
    if (before === undefined || after === undefined) return { kind: 'unknown', over };
    // One of them is not a valid bundle.
    if (before === null || after === null) return { kind: 'open', over };
    const isSameAvatar = active.avatarUuid === version.avatarUuid;
    const broken = breakingDifferences(compareBundles(before, after).differences, { isSameAvatar });
    return { kind: broken.length > 0 ? 'open' : 'harmless', over };
  }

  #requestSummaries({ versionUuid, projectUuid }: HeldActivationRow): void {
    const { database, summaries } = this.#options;
    const activeUuid = database.read.projects.find(projectUuid)?.active?.versionUuid;
    for (const uuid of [versionUuid, ...(activeUuid === undefined ? [] : [activeUuid])]) {
      const row = database.read.versions.find(uuid);
      if (row === null || summaries.find(row.sha256) !== undefined) continue;
      summaries.request({ versionUuid: row.uuid, sha256: row.sha256 });
    }
  }

  #activate({ versionUuid, projectUuid }: HeldActivationRow, over: VersionUuid | null): Result<unknown, Failure> {
    const request = { projectUuid, versionUuid, expectedActiveUuid: over, how: 'upload' } as const;
    const activated = this.#options.actions.activate(request);
    if (!activated.ok) this.#options.log.warn('A held version could not be activated', activated.failure);
    return activated;
  }

  #remove({ versionUuid }: HeldActivationRow): Result<null, Failure> {
    return this.#options.database.tryWrite((writers) => {
      writers.heldActivations.remove(versionUuid);
      return null;
    });
  }

  #announce(): void {
    const held = this.list();
    const announced = JSON.stringify(held);
    if (announced === this.#announced) return;
    this.#announced = announced;
    try {
      this.#options.onChange(held);
    } catch (error) {
      this.#options.log.error('A listener failed', { error: stackOf(error) });
    }
  }
}
