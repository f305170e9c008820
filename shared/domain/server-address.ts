import { fail, ok, type Result } from '../lib/result.ts';

/** `insecure`: http to another machine would carry password and token readable to everybody on the way. */
export const serverAddressProblems = ['empty', 'malformed', 'insecure', 'other-protocol'] as const;
export type ServerAddressProblem = (typeof serverAddressProblems)[number];

/**
 * Turns user input into the origin of a server (`https://host[:port]`, no path). Without a scheme
 * it becomes https, or http for this computer. http is allowed for loopback hosts only.
 */
export function normalizeServerAddress(typed: string): Result<string, ServerAddressProblem> {
  const text = typed.trim();
  if (text === '') return fail('empty');
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : withScheme(text));
  if (url === null || url.hostname === '') return fail('malformed');
  if (url.protocol === 'https:') return ok(url.origin);
  if (url.protocol !== 'http:') return fail('other-protocol');
  return isLoopbackHost(url.hostname) ? ok(url.origin) : fail('insecure');
}

/**
 * Host names that never leave this computer (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC
 * 4291 section 2.5.3).
 */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Whether nobody can read on the way what is sent to this address: https, or http on this computer. */
export function isProtectedAddress(text: string): boolean {
  const url = parse(text);
  return url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname)));
}

function withScheme(text: string): string {
  const url = parse(`http://${text}`);
  return url !== null && isLoopbackHost(url.hostname) ? `http://${text}` : `https://${text}`;
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
