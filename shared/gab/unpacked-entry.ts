import type { ContentResult } from './content/probe.ts';
import type { EntryFacts } from './entry-reader.ts';
import type { LocatedEntry } from './zip/local-headers.ts';

/** An entry after it was read: what it is, and what its content check found. */
export interface UnpackedEntry {
  readonly entry: LocatedEntry;
  /** `null` if the data is not what the headers say. */
  readonly facts: EntryFacts | null;
  readonly content: ContentResult;
  /** Corrupt, or its CRC is wrong: nothing more is said about such an entry. */
  readonly isDamaged: boolean;
}
