import { type ParsedObject, parseJsonObject } from '../json/decode-json.ts';

/** Deeper JSON is not a model; real ones have a depth of about 12. */
const MAX_GLTF_DEPTH = 64;

/**
 * Reads the JSON chunk of a binary glTF as the loaders do: padded with spaces only. The check and
 * the preview both use it, so that neither accepts what the other refuses.
 */
export function readGlbJson(chunk: Uint8Array): ParsedObject {
  return parseJsonObject(chunk, { maxDepth: MAX_GLTF_DEPTH, strict: false });
}

/** Whether the only fault of the chunk is that it is padded with NUL, which JSON doesn't allow. */
export function isPaddedWithNul(chunk: Uint8Array): boolean {
  const end = chunk.findLastIndex((byte) => byte !== 0) + 1;
  return end < chunk.byteLength && readGlbJson(chunk.subarray(0, end)).fault === null;
}
