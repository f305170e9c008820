import { MIB } from '../lib/sizes.ts';
import type { BundleCodec, InflatedAside } from './codec.ts';
import { WINDOW_BYTES, type WindowedReader } from './windowed-reader.ts';
import { DEFLATED } from './zip/entry-rules.ts';
import type { LocatedEntry } from './zip/local-headers.ts';

/** Entries up to this size are inflated in one call, larger ones piece by piece. */
export const ONE_SHOT_OUTPUT_BYTES = 4 * MIB;
/** Inflated bytes that may wait to be hashed: the memory that reading ahead needs. */
const MAX_WAITING_BYTES = 8 * MIB;
/** With more entries than free threads, the additional ones would only wait. */
const MAX_WAITING_ENTRIES = 4;

/** Whether an entry is small enough to be inflated in one call. */
export function fitsOneShot({ compressedSize, size }: LocatedEntry): boolean {
  return compressedSize <= WINDOW_BYTES && size <= ONE_SHOT_OUTPUT_BYTES;
}

/**
 * Inflates small entries in other threads while this thread hashes the entries before them. It only
 * takes entries whose compressed bytes are already in the reader's window, so it never causes a
 * read.
 */
export class ReadAhead {
  readonly #reader: WindowedReader;
  readonly #inflateAside: NonNullable<BundleCodec['inflateRawAside']>;
  readonly #entries: readonly LocatedEntry[];
  readonly #waiting = new Map<LocatedEntry, Promise<InflatedAside>>();
  #waitingBytes = 0;
  #next = 0;

  private constructor(
    reader: WindowedReader,
    inflateAside: NonNullable<BundleCodec['inflateRawAside']>,
    entries: readonly LocatedEntry[],
  ) {
    this.#reader = reader;
    this.#inflateAside = inflateAside;
    this.#entries = entries;
  }

  /**
   * `entries` must be in the order in which they will be requested. Returns `undefined` if the
   * platform has no such threads.
   */
  static over(reader: WindowedReader, codec: BundleCodec, entries: readonly LocatedEntry[]): ReadAhead | undefined {
    return codec.inflateRawAside && new ReadAhead(reader, codec.inflateRawAside, entries);
  }

  /** Returns the output of `entry`, which must fit one shot. Called once per entry. */
  async take(entry: LocatedEntry): Promise<InflatedAside> {
    // Loads the entry into the window, unless it is inflated already.
    if (!this.#waiting.has(entry)) this.#start(entry, await this.#reader.view(entry.dataOffset, entry.compressedSize));
    this.#next = Math.max(this.#next, this.#entries.indexOf(entry) + 1);
    this.#fill();
    const inflated = await this.#waiting.get(entry);
    this.#waiting.delete(entry);
    this.#waitingBytes -= entry.size;
    this.#fill();
    // It was started above, if not before.
    return inflated as InflatedAside;
  }

  /** Starts the next entries that are in the window, as far as the limits allow. */
  #fill(): void {
    while (this.#waiting.size < MAX_WAITING_ENTRIES && this.#waitingBytes < MAX_WAITING_BYTES) {
      const entry = this.#entries[this.#next];
      if (!entry) return;
      if (entry.method === DEFLATED && fitsOneShot(entry)) {
        const input = this.#reader.peek(entry.dataOffset, entry.compressedSize);
        if (!input) return;
        this.#start(entry, input);
      }
      this.#next += 1;
    }
  }

  #start(entry: LocatedEntry, input: Uint8Array): void {
    // A copy: the window is overwritten while the other thread reads.
    const request = { input: new Uint8Array(input), maxOutputBytes: entry.size };
    this.#waiting.set(entry, this.#inflateAside(request));
    this.#waitingBytes += entry.size;
  }
}
