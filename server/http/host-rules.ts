import { z } from 'zod';

/** Which Host headers a server accepts. */
export interface HostRules {
  /** Where it listens: a name or an address. */
  readonly host: string;
  /** Further names and addresses, in lower case; `*` stands for all. */
  readonly allowedHosts: readonly string[];
  /** Where people reach it; its host is allowed, too. */
  readonly publicUrl: string | null;
}

/** These addresses stand for all interfaces; no client sends them. */
const EVERY_INTERFACE: readonly string[] = ['0.0.0.0', '::'];
/** Browsers resolve these names themselves, so nobody else can point them anywhere. */
const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '::1'];
const HOST_HEADER = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::\d{1,5})?$/;

const ipSchema = z.union([z.ipv4(), z.ipv6()]);

/** In the form of the Host header, without a port and without the brackets of IPv6. */
const hostOf = (url: string) => new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * Whether a Host header names this server. Without a list, a server that listens on every interface
 * accepts every IP address: a page that was rebound to it always sends a name.
 */
export function isAllowedHost(header: string, { host, allowedHosts, publicUrl }: HostRules): boolean {
  if (allowedHosts.includes('*')) return true;
  const [, v6, name] = HOST_HEADER.exec(header.toLowerCase()) ?? [];
  const wanted = v6 ?? name?.replace(/\.$/, '');
  if (wanted === undefined) return false;
  const names = [...LOOPBACK_NAMES, ...allowedHosts, host.toLowerCase(), ...(publicUrl ? [hostOf(publicUrl)] : [])];
  if (names.includes(wanted)) return true;
  return allowedHosts.length === 0 && EVERY_INTERFACE.includes(host) && ipSchema.safeParse(wanted).success;
}
