import { parseJsonObject } from '../json/decode-json.ts';
import type { JsonFault } from '../json/scan-json.ts';
import { MAX_MANIFEST_BYTES, MAX_MANIFEST_DEPTH } from '../limits.ts';

/**
 * A manifest as it is in a file. Fields that this version doesn't know must be kept (gab-format 6).
 */
export type ManifestDocument = Readonly<Record<string, unknown>>;

export type ParsedManifest =
  | { readonly document: ManifestDocument; readonly fault: null }
  | { readonly document: null; readonly fault: JsonFault };

/**
 * JSON.parse and JSON.rawJSON as in ECMAScript's "JSON.parse source text access"; the es2024 types
 * lack them.
 */
interface JsonWithSource {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
}
const json: JsonWithSource = JSON as unknown as JsonWithSource;

/**
 * Parses a manifest that will be written again. A number whose digits JavaScript would change (1.0,
 * 2^64, 1e400) is kept as it is written. Keys keep their order, except for those that look like
 * array indices.
 */
export function parseManifestDocument(bytes: Uint8Array): ParsedManifest {
  const { fault } = parseJsonObject(bytes, { maxDepth: MAX_MANIFEST_DEPTH, strict: true });
  if (fault) return { document: null, fault };
  const document = json.parse(new TextDecoder().decode(bytes), (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source ? json.rawJSON(source) : value,
  );
  return { document: document as ManifestDocument, fault: null };
}

/**
 * Formats a manifest: indented by two spaces, with a line break at the end; without whitespace if
 * it would be too large.
 */
export function encodeManifestDocument(document: ManifestDocument): Uint8Array {
  const encoder = new TextEncoder();
  const pretty = encoder.encode(`${JSON.stringify(document, null, 2)}\n`);
  return pretty.byteLength <= MAX_MANIFEST_BYTES ? pretty : encoder.encode(JSON.stringify(document));
}
