import type { ContentResult } from './content/probe.ts';
import type { EntryFacts } from './entry-reader.ts';
import type { LocatedEntry } from './zip/local-headers.ts';

/** An entry after it was read: its facts, and what its content check found. */
export interface UnpackedEntry {
  readonly entry: LocatedEntry;
  /** `null` if the data doesn't match the headers. */
  readonly facts: EntryFacts | null;
  readonly content: ContentResult;
  /** Corrupt, or its CRC is wrong: no other findings are reported for such an entry. */
  readonly isDamaged: boolean;
}
