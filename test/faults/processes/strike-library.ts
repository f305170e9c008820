import Database from 'better-sqlite3';
import { type FaultSwitch, POINTS } from './fault-switch.ts';
import { die } from './strike-files.ts';

type Run = (this: { readonly source: string }, ...values: unknown[]) => unknown;

/** Rolling back needs no room. */
const NEVER_FULL = /^\s*(?:rollback|release|pragma|select)/i;

/** Puts the switch before every statement of SQLite that changes rows, and before each commit. */
export function strikeLibrary(faults: FaultSwitch): void {
  const sample = new Database(':memory:');
  const prototype = Object.getPrototypeOf(sample.prepare('select 1')) as { run: Run };
  sample.close();
  const real = prototype.run;
  prototype.run = function (...values) {
    if (NEVER_FULL.test(this.source)) return real.apply(this, values);
    const isCommit = /^\s*commit/i.test(this.source);
    const effect = faults.strike(isCommit ? POINTS.libraryCommit : POINTS.libraryWrite);
    if (effect === 'kill-before') die();
    if (effect === 'full') throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
    const value = real.apply(this, values);
    if (effect === 'kill-after') die();
    return value;
  };
}
