import { BlockList, isIP } from 'node:net';

/**
 * The proxy that `HTTPS_PROXY` (or `ALL_PROXY`) names for https servers, unless `NO_PROXY` excludes
 * the server; null: none. Names in lower case come first, as in curl.
 */
export function environmentProxy(url: string, environment: NodeJS.ProcessEnv): string | null {
  const proxy = read(environment, 'https_proxy') || read(environment, 'all_proxy');
  if (proxy === '' || isExcluded(new URL(url), read(environment, 'no_proxy'))) return null;
  // curl, too, takes an address without a scheme for one with http.
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** Whether the environment says anything about proxies, be it that there is none. */
export function namesProxies(environment: NodeJS.ProcessEnv): boolean {
  return ['https_proxy', 'all_proxy', 'no_proxy'].some((name) => read(environment, name) !== '');
}

function read(environment: NodeJS.ProcessEnv, name: string): string {
  return (environment[name] || environment[name.toUpperCase()] || '').trim();
}

/**
 * `noProxy`: names, which include those below them (`example.com`, `.example.com`,
 * `*.example.com`), IP addresses and networks (`10.0.0.0/8`), each with or without a port, separated
 * by commas or spaces; `*` excludes all.
 */
export function isExcluded({ hostname, port }: URL, noProxy: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => matches(entry, { host, port: port || '443' }));
}

interface Target {
  readonly host: string;
  readonly port: string;
}

function matches(entry: string, { host, port }: Target): boolean {
  if (entry === '*') return true;
  const { pattern, onlyPort } = split(entry);
  if (onlyPort !== null && onlyPort !== port) return false;
  if (isIP(host) !== 0) return includesAddress(pattern, host);
  const name = pattern.replace(/^\*?\./, '');
  return host === name || host.endsWith(`.${name}`);
}

function split(entry: string): { readonly pattern: string; readonly onlyPort: string | null } {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(entry);
  if (bracketed) return { pattern: bracketed[1] ?? '', onlyPort: bracketed[2] ?? null };
  // An IPv6 address without brackets has colons, too.
  const named = /^([^:]+):(\d+)$/.exec(entry);
  return named ? { pattern: named[1] ?? '', onlyPort: named[2] ?? null } : { pattern: entry, onlyPort: null };
}

function includesAddress(pattern: string, host: string): boolean {
  const [network = '', bits] = pattern.split('/');
  const family = isIP(network);
  if (family === 0) return false;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  const most = family === 6 ? 128 : 32;
  const prefix = bits === undefined ? most : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > most) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, type);
  return list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}
