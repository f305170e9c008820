import type { IncomingHttpHeaders } from 'node:http';

/**
 * `document`: somebody opens the page; `read`: the page loads its parts; `write`: the page hands something over;
 * `frame-code`: the preview's frame loads its scripts, which are public.
 */
export type RequestKind = 'document' | 'read' | 'write' | 'frame-code';

const OWN_FETCH_SITES = new Set(['same-origin', 'none']);

/**
 * Threats: a name of the attacker that resolves to 127.0.0.1 (DNS rebinding: the Host header shows it), another web page
 * that talks to this port (Origin, Sec-Fetch-Site), and another local page on another port, which the browser's SameSite
 * rule takes for the same site (Origin again). What changes something must name our origin; a browser always does.
 * Returns why the request is refused, or null.
 */
export function refusalOf(kind: RequestKind, headers: IncomingHttpHeaders, ownHost: string): string | null {
  if (headers.host !== ownHost) return 'This address is not the application’s own.';
  const origin = headers.origin;
  // The frame is sandboxed into having no origin: browsers call that `null` and another site's.
  if (kind === 'frame-code' && origin === 'null') return null;
  if (origin !== undefined && origin !== `http://${ownHost}`) return 'Another page may not use this address.';
  if (kind === 'write' && origin === undefined) return 'A request that changes something must say where it comes from.';
  const site = headers['sec-fetch-site'];
  if (kind !== 'document' && typeof site === 'string' && !OWN_FETCH_SITES.has(site)) {
    return 'Another site may not use this address.';
  }
  return null;
}
