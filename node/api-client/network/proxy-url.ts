import { ProxyError } from './proxy-error.ts';

/** Whether requests can go this way; null, a direct connection, can. */
export function isUsableProxy(proxy: string | null): boolean {
  if (proxy === null) return true;
  const url = read(proxy);
  return url !== null && isHttp(url);
}

/** Throws a `ProxyError`, which never contains a password, for one that cannot be used. */
export function proxyUrl(text: string): URL {
  const url = read(text);
  if (url !== null && isHttp(url)) return url;
  throw new ProxyError(url?.host || afterLogin(text), 'unsupported');
}

/**
 * The user name or password of an address as bytes; as in curl, a `%` that encodes nothing is
 * itself.
 */
export function decodeLogin(encoded: string): Buffer {
  const bytes = encoded.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}

/** Null for what is not an address, or another one than was meant. */
function read(text: string): URL | null {
  const url = URL.parse(text);
  // A `/`, `?` or `#` in a password ends the host, and an address is read that nobody meant.
  const isCutShort = url !== null && `${url.pathname}${url.search}${url.hash}`.includes('@');
  return isCutShort ? null : url;
}

function isHttp({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

function afterLogin(text: string): string {
  return text.slice(text.lastIndexOf('@') + 1);
}
