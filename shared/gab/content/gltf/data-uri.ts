import { decodeBase64Prefix } from '../base64-prefix.ts';

export interface DataUri {
  /** In lower case; empty if it names none. */
  readonly mimeType: string;
  readonly isBase64: boolean;
  /** The first bytes of its content; null if it should be base64 (RFC 4648, section 4) and is not. */
  readonly bytes: Uint8Array | null;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Reads the start of a `data:` address (RFC 2397). */
export function readDataUri(uri: string, maxBytes: number): DataUri {
  const comma = uri.indexOf(',');
  const head = comma < 0 ? uri : uri.slice(0, comma);
  const mimeType = /^data:([^;]*)/i.exec(head)?.[1]?.toLowerCase() ?? '';
  const isBase64 = /;base64$/i.test(head);
  if (comma < 0) return { mimeType, isBase64, bytes: null };
  if (!isBase64) return { mimeType, isBase64, bytes: decodePercent(uri.slice(comma + 1), maxBytes) };
  const isReadable = BASE64.test(uri.slice(comma + 1));
  return { mimeType, isBase64, bytes: isReadable ? decodeBase64Prefix(uri, comma + 1, maxBytes) : null };
}

function decodePercent(text: string, maxBytes: number): Uint8Array {
  const plain = text.replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return Uint8Array.from(plain.slice(0, maxBytes), (character) => character.charCodeAt(0));
}
