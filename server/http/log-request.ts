/** A token in a path: of a page for a link, or of a link in the API. */
const LINK_TOKEN = /^(\/(?:api\/auth\/links|setup|invitation|reset)\/)[^/]+/;
/** The longest path of a route with its UUIDs is shorter. */
const MAX_PATH_CHARS = 200;
/** An IPv6 address with a zone; a forwarded one may be any text. */
const MAX_ADDRESS_CHARS = 64;

/**
 * The path of a request for a log line. The query is left out: it contains what people search for.
 * Threats: somebody who reads logs uses a link before its owner does; a client without an account
 * fills the disk with long addresses.
 */
export function pathForLog(url: string): string {
  const path = (url.split(/[?#]/, 1)[0] ?? '').replace(LINK_TOKEN, '$1…');
  return path.length > MAX_PATH_CHARS ? `${path.slice(0, MAX_PATH_CHARS)}…` : path;
}

/** What a log line contains about a request: never its headers, which carry tokens. */
export function describeRequest(request: { readonly method: string; readonly url: string; readonly ip: string }) {
  return { method: request.method, path: pathForLog(request.url), ip: request.ip.slice(0, MAX_ADDRESS_CHARS) };
}
