import { MIB } from '../lib/sizes.ts';
import type { BundleCodec, InflatedAside } from './codec.ts';
import { WINDOW_BYTES, type WindowedReader } from './windowed-reader.ts';
import { DEFLATED } from './zip/entry-rules.ts';
import type { LocatedEntry } from './zip/local-headers.ts';

/** Entries up to here are inflated in one call, larger ones piece by piece. */
export const ONE_SHOT_OUTPUT_BYTES = 4 * MIB;
/** Output that may wait to be hashed, in bytes: the memory that inflating ahead costs. */
const MAX_WAITING_BYTES = 8 * MIB;
/** More at once than a machine has threads to spare would only wait. */
const MAX_WAITING_ENTRIES = 4;

/** Whether an entry is small enough to be inflated in one call. */
export function fitsOneShot({ compressedSize, size }: LocatedEntry): boolean {
  return compressedSize <= WINDOW_BYTES && size <= ONE_SHOT_OUTPUT_BYTES;
}

/**
 * Inflates small entries in other threads while the ones before them are hashed in this one. It only takes entries whose
 * compressed bytes are in the reader's window already: reading ahead never costs a read.
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

  /** `entries` in the order in which they will be asked for; `undefined` where the platform has no threads for it. */
  static over(reader: WindowedReader, codec: BundleCodec, entries: readonly LocatedEntry[]): ReadAhead | undefined {
    return codec.inflateRawAside && new ReadAhead(reader, codec.inflateRawAside, entries);
  }

  /** The output of `entry`, which fits one shot. Asked for once per entry. */
  async take(entry: LocatedEntry): Promise<InflatedAside> {
    // Brings the entry into the window, if it was not taken ahead.
    if (!this.#waiting.has(entry)) this.#start(entry, await this.#reader.view(entry.dataOffset, entry.compressedSize));
    this.#next = Math.max(this.#next, this.#entries.indexOf(entry) + 1);
    this.#fill();
    const inflated = await this.#waiting.get(entry);
    this.#waiting.delete(entry);
    this.#waitingBytes -= entry.size;
    this.#fill();
    // Started above, at the latest.
    return inflated as InflatedAside;
  }

  /** Starts what follows, as far as it is in the window and may wait. */
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
