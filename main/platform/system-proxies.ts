import { environmentProxy, namesProxies } from './environment-proxy.ts';

/**
 * Finds the proxies for an address, the preferred one first; null is a direct connection. The
 * environment comes first, so that a person can overrule the settings of the system.
 * `resolveProxy`: Chromium's, which knows those settings and runs the network's PAC script.
 */
export function findSystemProxies(
  environment: NodeJS.ProcessEnv,
  resolveProxy: (url: string) => Promise<string>,
): (url: string) => Promise<readonly (string | null)[]> {
  return async (url) =>
    namesProxies(environment) ? [environmentProxy(url, environment)] : readProxyList(await resolveProxy(url));
}

/** As `findSystemProxies`, for a shell that cannot ask the system. */
export function findEnvironmentProxies(
  environment: NodeJS.ProcessEnv,
): (url: string) => Promise<readonly (string | null)[]> {
  return async (url) => [environmentProxy(url, environment)];
}

/** The schemes of what a PAC script returns. */
const SCHEMES: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5',
  QUIC: 'quic',
};

/** Reads the result of a PAC script: `PROXY proxy.example:8080; DIRECT`. */
export function readProxyList(list: string): readonly (string | null)[] {
  const found = list
    .split(';')
    .map((entry) => entry.trim().split(/\s+/))
    .flatMap(([kind = '', place = '']) => {
      if (kind.toUpperCase() === 'DIRECT') return [null];
      const scheme = SCHEMES[kind.toUpperCase()];
      return scheme === undefined || place === '' ? [] : [`${scheme}://${place}`];
    });
  return found.length === 0 ? [null] : found;
}
