import { type JsonFault, type JsonScanOptions, scanJson } from './scan-json.ts';

export type DecodedText =
  | { readonly text: string; readonly fault: null }
  | { readonly text: null; readonly fault: JsonFault };

/** UTF-8 without a byte order mark, as required for JSON files. */
export function decodeUtf8(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return { text: null, fault: { kind: 'byte-order-mark', position: 0 } };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), fault: null };
  } catch {
    return { text: null, fault: { kind: 'encoding', position: 0 } };
  }
}

/** Returns why the bytes are not valid JSON, or `null`. Builds no value. */
export function findJsonFault(bytes: Uint8Array, options: JsonScanOptions): JsonFault | null {
  const { text, fault } = decodeUtf8(bytes);
  return fault ?? scanJson(text, options);
}

export type ParsedObject =
  | { readonly value: Readonly<Record<string, unknown>>; readonly fault: null }
  | { readonly value: null; readonly fault: JsonFault };

/** Parses an object. The text is scanned before the object is built. */
export function parseJsonObject(bytes: Uint8Array, options: JsonScanOptions): ParsedObject {
  const { text, fault } = decodeUtf8(bytes);
  const found = fault ?? scanJson(text, options);
  if (found || text === null) return { value: null, fault: found ?? { kind: 'syntax', position: 0 } };
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { value: null, fault: { kind: 'not-an-object', position: 0 } };
  }
  return { value: value as Record<string, unknown>, fault: null };
}
