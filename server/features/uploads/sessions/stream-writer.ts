import type { FileHandle } from 'node:fs/promises';
import { MIB } from '../../../../shared/lib/sizes.ts';

/**
 * Bytes that may wait for the disk, per upload. More would only take memory; less would slow down a
 * fast client.
 */
const MAX_WAITING_BYTES = 2 * MIB;

/**
 * Writes blocks to a file in order without a write call for each: blocks that arrive during one
 * write are written together by the next. Blocks from a slow connection are written one by one,
 * those from a fast one in large batches.
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

  /**
   * Takes a block and releases its memory once it is written. Resolves when there is room for more;
   * rejects once a write has failed.
   */
  async write(block: Uint8Array): Promise<void> {
    // After a failed write the next bytes would land where the lost ones belong.
    if (this.#fault !== null) throw this.#fault;
    this.#waiting.push(block);
    this.#waitingBytes += block.byteLength;
    this.#writing ??= this.#writeWaiting();
    if (this.#waitingBytes > MAX_WAITING_BYTES) await this.#writing;
    if (this.#fault !== null) throw this.#fault;
  }

  /** Resolves when all blocks are in the file; rejects if a write failed. */
  async finish(): Promise<void> {
    await this.#writing;
    if (this.#fault !== null) throw this.#fault;
  }

  async #writeWaiting(): Promise<void> {
    try {
      // Wait one turn, so that blocks that arrive together are written together.
      await Promise.resolve();
      while (this.#waiting.length > 0) {
        const blocks = this.#waiting;
        const sizeBytes = this.#waitingBytes;
        this.#waiting = [];
        this.#waitingBytes = 0;
        await this.#writeAll(blocks, sizeBytes);
        for (const block of blocks) release(block);
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
    // A disk that fills up writes a part and reports the error with the next write.
    if (bytesWritten < sizeBytes)
      await this.#writeAll([Buffer.concat(blocks).subarray(bytesWritten)], sizeBytes - bytesWritten);
  }
}

/**
 * Frees a block's memory at once, if it owns its whole buffer. Left to the garbage collector, each
 * upload would cost a full collection of the server's heap (measured: half of the processor time of
 * receiving).
 */
function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
