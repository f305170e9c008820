import { decodeUtf8, findJsonFault } from '../json/decode-json.ts';
import { type ContentResult, found, NOTHING_FOUND } from './probe.ts';

/** Deeper data breaks recursive readers. */
const MAX_DATA_DEPTH = 512;

export function checkJson(bytes: Uint8Array): ContentResult {
  const fault = findJsonFault(bytes, { maxDepth: MAX_DATA_DEPTH, strict: false });
  if (!fault) return NOTHING_FOUND;
  return found('GAB_E_ASSET_TYPE', {
    reason: 'content',
    expected: 'json',
    detail: fault.kind,
    position: fault.position,
  });
}

/** UTF-8 without NUL; a byte order mark is allowed in plain text. */
export function checkText(bytes: Uint8Array, format: string): ContentResult {
  const { fault } = decodeUtf8(bytes);
  const detail = bytes.includes(0) ? 'nul-character' : fault?.kind;
  if (detail === undefined || detail === 'byte-order-mark') return NOTHING_FOUND;
  return found('GAB_E_ASSET_TYPE', { reason: 'content', expected: format, detail });
}
