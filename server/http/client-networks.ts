import ipaddr from 'ipaddr.js';

/** The part of an IPv6 address that a provider gives to one customer, in groups of 16 bits. */
const NETWORK_GROUPS = 4;

/**
 * Who an address counts as: an IPv4 address stands for itself, an IPv6 address for its /64, within
 * which one computer may choose any address. Texts that are not an address count as one client.
 */
export function clientNetworkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const groups = parsed.parts.slice(0, NETWORK_GROUPS).map((group) => group.toString(16));
  return `${groups.join(':')}::/64`;
}
