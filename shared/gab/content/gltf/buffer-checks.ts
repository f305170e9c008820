import { MAX_ENTRY_BYTES } from '../../limits.ts';
import { countAt, has, textAt } from '../untyped.ts';
import { readDataUri } from './data-uri.ts';
import type { GltfModel } from './gltf-model.ts';
import type { Fault, Gravity } from './model-findings.ts';
import { type Place, placeOf } from './place.ts';

const BUFFER_TYPES = new Set(['application/octet-stream', 'application/gltf-buffer']);

/**
 * What the buffers of a model contain: bytes that are written into the JSON, a length of bytes that
 * are in the binary part of the file, or nothing.
 */
export class BufferContents {
  readonly inline: readonly (Uint8Array | null)[];
  readonly #available: readonly number[];

  constructor(model: GltfModel, binaryBytes: number) {
    const buffers = model.list('buffers');
    this.inline = buffers.map((_, index) => readInlineBuffer(model, index));
    this.#available = buffers.map((buffer, index) => {
      const isBinary = index === 0 && !has(buffer, 'uri');
      // The header of the binary part may lie about its length, but no file is larger than this.
      const stored = this.inline[index]?.byteLength ?? (isBinary ? Math.min(binaryBytes, MAX_ENTRY_BYTES) : 0);
      return Math.min(stored, countAt(buffer, 'byteLength') ?? 0);
    });
  }

  /** How many bytes of a buffer are there, whatever it declares. */
  availableBytes(buffer: number): number {
    return this.#available[buffer] ?? 0;
  }

  get totalBytes(): number {
    return this.#available.reduce((sum, bytes) => sum + bytes, 0);
  }
}

/**
 * Returns the content of a buffer that is written into the JSON as base64, or null for one that is
 * somewhere else. The length of the binary part of the file is checked before.
 */
function readInlineBuffer(model: GltfModel, index: number): Uint8Array | null {
  const buffer = model.item('buffers', index);
  const uri = textAt(buffer, 'uri');
  if (uri === undefined || !/^data:/i.test(uri)) return null;
  const place = placeOf('buffers', index);
  const { mimeType, bytes } = readDataUri(uri, Number.POSITIVE_INFINITY);
  if (!BUFFER_TYPES.has(mimeType)) report(model, 'buffer-type', 'note', place, { declared: mimeType });
  const declared = countAt(buffer, 'byteLength') ?? 0;
  if (bytes === null) report(model, 'buffer-text', 'error', place);
  else if (bytes.byteLength < declared) {
    report(model, 'buffer-short', 'error', place, { available: bytes.byteLength, declared });
  }
  return bytes;
}

function report(model: GltfModel, reason: string, gravity: Gravity, place: Place, params?: Fault['params']): void {
  model.findings.add({ topic: 'bounds', reason, gravity, ...(params && { params }) }, place);
}
