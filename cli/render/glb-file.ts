import { asObject, countAt, listAt, textAt, type Untyped } from '../../shared/gab/content/untyped.ts';
import { parseJsonObject } from '../../shared/gab/json/decode-json.ts';
import { MAX_GLB_JSON_BYTES } from '../../shared/gab/limits.ts';

// glTF 2.0, section 4.4. The model is untrusted, so every offset is checked against the file.

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;
const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const MAX_DEPTH = 64;

export interface GlbFile {
  readonly json: Untyped;
  /** Bytes of a buffer view in the binary chunk; `null` if it is outside or in another buffer. */
  view(index: number): { readonly bytes: Uint8Array; readonly stride: number | undefined } | null;
  /** Returns an embedded picture in its encoded form; `null` if it is not in the file. */
  image(index: number): Uint8Array | null;
}

/** Reads a binary glTF; `null` if the bytes are something else. */
export function readGlb(bytes: Uint8Array): GlbFile | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEADER_BYTES + CHUNK_HEADER_BYTES || view.getUint32(0, true) !== MAGIC) return null;
  const jsonChunk = readChunk(view, bytes, HEADER_BYTES);
  if (jsonChunk?.type !== JSON_CHUNK || jsonChunk.data.byteLength > MAX_GLB_JSON_BYTES) return null;
  const { value } = parseJsonObject(trimNul(jsonChunk.data), { maxDepth: MAX_DEPTH, strict: false });
  if (!value) return null;
  const second = readChunk(view, bytes, jsonChunk.end);
  return glbFile(value, second?.type === BIN_CHUNK ? second.data : new Uint8Array());
}

function readChunk(view: DataView, bytes: Uint8Array, at: number) {
  if (at + CHUNK_HEADER_BYTES > bytes.byteLength) return null;
  const start = at + CHUNK_HEADER_BYTES;
  const end = start + view.getUint32(at, true);
  return end > bytes.byteLength ? null : { type: view.getUint32(at + 4, true), data: bytes.subarray(start, end), end };
}

/** Some writers pad with NUL, which JSON doesn't allow. */
function trimNul(bytes: Uint8Array): Uint8Array {
  let end = bytes.byteLength;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
}

function glbFile(json: Untyped, binary: Uint8Array): GlbFile {
  const view: GlbFile['view'] = (index) => {
    const described = listAt(json, 'bufferViews')[index];
    const start = countAt(described, 'byteOffset') ?? 0;
    const length = countAt(described, 'byteLength');
    if (length === undefined || countAt(described, 'buffer') !== 0 || start + length > binary.byteLength) return null;
    return { bytes: binary.subarray(start, start + length), stride: countAt(described, 'byteStride') };
  };
  const image: GlbFile['image'] = (index) => {
    const described = asObject(listAt(json, 'images')[index]);
    const viewIndex = countAt(described, 'bufferView');
    if (viewIndex !== undefined) return view(viewIndex)?.bytes ?? null;
    const data = /^data:image\/[a-z+]+;base64,(.+)$/s.exec(textAt(described, 'uri') ?? '')?.[1];
    return data === undefined ? null : Buffer.from(data, 'base64');
  };
  return { json, view, image };
}
