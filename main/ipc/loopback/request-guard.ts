import type { IncomingHttpHeaders } from 'node:http';

/**
 * `document`: a person opens the page; `read`: the page loads its parts; `write`: the page sends something;
 * `frame-code`: the preview frame loads its scripts, which are public.
 */
export type RequestKind = 'document' | 'read' | 'write' | 'frame-code';

const OWN_FETCH_SITES = new Set(['same-origin', 'none']);

/**
 * Threats: an attacker's host name that resolves to 127.0.0.1 (DNS rebinding, visible in the Host
 * header); another web page that sends requests to this port (Origin, Sec-Fetch-Site); a local page
 * on another port, which the browser's SameSite rule treats as the same site (Origin again).
 * Requests that change something must name our origin, as browsers always do. Returns why the
 * request is refused, or null.
 */
export function refusalOf(kind: RequestKind, headers: IncomingHttpHeaders, ownHost: string): string | null {
  if (headers.host !== ownHost) return 'This address is not the application’s own.';
  const origin = headers.origin;
  // The sandboxed frame has no origin: browsers send `Origin: null` and `Sec-Fetch-Site:
  // cross-site`.
  if (kind === 'frame-code' && origin === 'null') return null;
  if (origin !== undefined && origin !== `http://${ownHost}`) return 'Another page may not use this address.';
  if (kind === 'write' && origin === undefined) return 'A request that changes something must say where it comes from.';
  const site = headers['sec-fetch-site'];
  if (kind !== 'document' && typeof site === 'string' && !OWN_FETCH_SITES.has(site)) {
    return 'Another site may not use this address.';
  }
  return null;
}
