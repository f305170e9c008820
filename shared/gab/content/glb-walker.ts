import { MAX_GLB_JSON_BYTES } from '../limits.ts';
import { latin1 } from '../sniff.ts';
import { PrefixBuffer } from './probe.ts';

// glTF 2.0, section 4.4: a 12-byte header, then chunks of (length, type, data) aligned to four
// bytes.
const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;

export interface GlbFrame {
  readonly fault: GlbFault | null;
  readonly json: Uint8Array;
  /** Bytes of the binary chunk; `null` if there is none. */
  readonly binaryBytes: number | null;
  /** Version and length according to the header; 0 if the header is cut off. */
  readonly version: number;
  readonly declaredBytes: number;
}

export type GlbFault =
  | 'signature'
  | 'version'
  | 'header-end'
  | 'truncated'
  | 'trailing-data'
  | 'chunk-length'
  | 'json-chunk'
  | 'json-size'
  | 'binary-chunk'
  | 'chunk-alignment';

interface GlbHeader {
  readonly version: number;
  readonly declaredBytes: number;
  readonly sizeBytes: number;
  /** False if the file ends before its header does. */
  readonly isWhole: boolean;
}

/** Receives the binary chunk in pieces; `offset` is where `bytes` start in the chunk. */
export type BinaryWatcher = (bytes: Uint8Array, offset: number) => void;

/**
 * Called once, with the JSON chunk, when the binary chunk starts. `binaryBytes` is the length that
 * its header declares; whether the file is that long shows at the end.
 */
export type OpenBinary = (json: Uint8Array, binaryBytes: number) => BinaryWatcher | null;

/**
 * Walks the chunks of a binary glTF as its bytes arrive. Keeps only the JSON chunk (8 MiB at most).
 */
export class GlbWalker {
  readonly #json = new PrefixBuffer(MAX_GLB_JSON_BYTES);
  readonly #header = new PrefixBuffer(HEADER_BYTES);
  #chunkHeader = new PrefixBuffer(CHUNK_HEADER_BYTES);
  #chunkIndex = -1;
  #bodyLeft = 0;
  #jsonBytes = 0;
  #binaryBytes: number | null = null;
  #fault: GlbFault | null = null;
  readonly #openBinary: OpenBinary;
  #watchBinary: BinaryWatcher | null = null;

  constructor(openBinary: OpenBinary = () => null) {
    this.#openBinary = openBinary;
  }

  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.byteLength && !this.#fault) at += this.#take(bytes.subarray(at));
  }

  finish(sizeBytes: number): GlbFrame {
    const header = this.#header.bytes;
    // If the file is not a GLB at all, no further faults are reported.
    const isGlb = latin1(header.subarray(0, 4)) === 'glTF';
    const isWhole = header.byteLength === HEADER_BYTES;
    const version = isWhole ? viewOf(header).getUint32(4, true) : 0;
    const declaredBytes = isWhole ? viewOf(header).getUint32(8, true) : 0;
    const fault = isGlb ? this.#findFault({ version, declaredBytes, sizeBytes, isWhole }) : 'signature';
    return { fault, json: this.#json.bytes, binaryBytes: this.#binaryBytes, version, declaredBytes };
  }

  /** Uses some of `bytes` and returns how many, at least one. */
  #take(bytes: Uint8Array): number {
    if (this.#header.bytes.byteLength < HEADER_BYTES) return fill(this.#header, bytes, HEADER_BYTES);
    if (this.#bodyLeft > 0) return this.#takeBody(bytes);
    const taken = fill(this.#chunkHeader, bytes, CHUNK_HEADER_BYTES);
    if (this.#chunkHeader.bytes.byteLength === CHUNK_HEADER_BYTES) this.#openChunk();
    return taken;
  }

  #takeBody(bytes: Uint8Array): number {
    const taken = Math.min(bytes.byteLength, this.#bodyLeft);
    if (this.#chunkIndex === 0) this.#json.push(bytes.subarray(0, taken));
    if (this.#chunkIndex === 1)
      this.#watchBinary?.(bytes.subarray(0, taken), (this.#binaryBytes ?? 0) - this.#bodyLeft);
    this.#bodyLeft -= taken;
    return taken;
  }

  #openChunk(): void {
    const view = viewOf(this.#chunkHeader.bytes);
    const length = view.getUint32(0, true);
    const type = view.getUint32(4, true);
    this.#chunkHeader = new PrefixBuffer(CHUNK_HEADER_BYTES);
    this.#chunkIndex += 1;
    this.#bodyLeft = length;
    this.#fault = this.#findChunkFault(length, type);
    if (this.#chunkIndex === 0) this.#jsonBytes = length;
    if (type !== BIN_CHUNK || this.#fault) return;
    this.#binaryBytes = length;
    this.#watchBinary = this.#openBinary(this.#json.bytes, length);
  }

  #findChunkFault(length: number, type: number): GlbFault | null {
    if (length % 4 !== 0) return 'chunk-alignment';
    if ((this.#chunkIndex === 0) !== (type === JSON_CHUNK)) return 'json-chunk';
    if (type === JSON_CHUNK && length > MAX_GLB_JSON_BYTES) return 'json-size';
    // Further chunks of unknown types are allowed and ignored; the binary chunk is the second one
    // or absent.
    return type === BIN_CHUNK && this.#chunkIndex !== 1 ? 'binary-chunk' : null;
  }

  /** The version comes first: the chunks of glTF 1.0 are built differently. */
  #findFault({ version, declaredBytes, sizeBytes, isWhole }: GlbHeader): GlbFault | null {
    if (!isWhole) return 'header-end';
    if (version !== 2) return 'version';
    if (this.#fault) return this.#fault;
    if (sizeBytes !== declaredBytes) return sizeBytes < declaredBytes ? 'truncated' : 'trailing-data';
    if (this.#bodyLeft > 0 || this.#chunkHeader.bytes.byteLength > 0) return 'chunk-length';
    return this.#jsonBytes === 0 ? 'json-chunk' : null;
  }
}

function fill(buffer: PrefixBuffer, bytes: Uint8Array, wanted: number): number {
  const taken = Math.min(bytes.byteLength, wanted - buffer.bytes.byteLength);
  buffer.push(bytes.subarray(0, taken));
  return taken;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
