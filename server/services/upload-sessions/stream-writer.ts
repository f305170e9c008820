import type { FileHandle } from 'node:fs/promises';
import { MIB } from '../../../shared/lib/sizes.ts';

/** What may wait for the disk, per upload. More would only be memory; less would make a fast client wait. */
const MAX_WAITING_BYTES = 2 * MIB;

/**
 * Writes blocks to a file one after the other, without a trip to the disk for each: what comes in while one write is under way
 * goes with the next. A slow connection is written block by block as it comes, a fast one in large pieces.
 */
export class StreamWriter {
  readonly #file: FileHandle;
  #position: number;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | null = null;
  #fault: unknown = null;

  constructor(file: FileHandle, position: number) {
    this.#file = file;
    this.#position = position;
  }

  /** Takes a block, whose memory is gone when it is written. Resolves when there is room for more; rejects once a write failed. */
  async write(block: Uint8Array): Promise<void> {
    // What follows a gap would stand where the lost bytes belong, and be counted as them.
    if (this.#fault !== null) throw this.#fault;
    this.#waiting.push(block);
    this.#waitingBytes += block.byteLength;
    this.#writing ??= this.#writeWaiting();
    if (this.#waitingBytes > MAX_WAITING_BYTES) await this.#writing;
    if (this.#fault !== null) throw this.#fault;
  }

  /** Resolves when everything is in the file; rejects if a write failed. */
  async finish(): Promise<void> {
    await this.#writing;
    if (this.#fault !== null) throw this.#fault;
  }

  async #writeWaiting(): Promise<void> {
    try {
      // A turn later the blocks that came together are together.
      await Promise.resolve();
      while (this.#waiting.length > 0) {
        const blocks = this.#waiting;
        const sizeBytes = this.#waitingBytes;
        this.#waiting = [];
        this.#waitingBytes = 0;
        await this.#writeAll(blocks, sizeBytes);
        for (const block of blocks) giveBack(block);
      }
    } catch (error) {
      this.#fault = error;
      this.#waiting = [];
      this.#waitingBytes = 0;
    } finally {
      this.#writing = null;
    }
  }

  async #writeAll(blocks: Uint8Array[], sizeBytes: number): Promise<void> {
    const { bytesWritten } = await this.#file.writev(blocks, this.#position);
    this.#position += bytesWritten;
    // A disk that fills up takes a part and says why with the next one.
    if (bytesWritten < sizeBytes)
      await this.#writeAll([Buffer.concat(blocks).subarray(bytesWritten)], sizeBytes - bytesWritten);
  }
}

/**
 * Frees a block's memory at once, where it is its own. Left to the garbage collector, the blocks of each upload cost a complete collection
 * of the server's heap (measured: half of the processor time of receiving).
 */
function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
