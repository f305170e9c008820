import { countAt, textAt } from '../untyped.ts';
import { readDataUri } from './data-uri.ts';
import type { GltfModel } from './gltf-model.ts';
import type { Fault, Gravity } from './model-findings.ts';
import { type Place, placeOf } from './place.ts';

const BUFFER_TYPES = new Set(['application/octet-stream', 'application/gltf-buffer']);

/**
 * Returns the content of a buffer that is written into the JSON as base64, or null for one that is
 * somewhere else. The length of the binary part of the file is checked before.
 */
export function readInlineBuffer(model: GltfModel, index: number): Uint8Array | null {
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
