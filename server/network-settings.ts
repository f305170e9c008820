import { z } from 'zod';
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from './http/http-limits.ts';
import { wholeNumber } from './whole-number.ts';

/** Names for ranges of addresses that the proxy check knows. */
const NETWORK_NAMES = ['loopback', 'linklocal', 'uniquelocal'] as const;
/** More proxies in a row than anybody has. */
const MAX_HOPS = 10;
const HOST_NAME = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

/** A number of hops, or the addresses and networks of the proxies. 0 trusts nobody. */
export type TrustedProxies = number | readonly string[];

const listOf = (text: string) => text.split(',').map((entry) => entry.trim().toLowerCase());

const ipSchema = z.union([z.ipv4(), z.ipv6()]);
const networkSchema = z.union([ipSchema, z.cidrv4(), z.cidrv6(), z.enum(NETWORK_NAMES)]);

const isIp = (text: string) => ipSchema.safeParse(text).success;
const isNetwork = (text: string) => networkSchema.safeParse(text).success;

/** `TRUST_PROXY` */
export const trustProxySchema = z
  .string()
  .transform((text): TrustedProxies => (/^\d+$/.test(text) ? Number(text) : listOf(text)))
  .refine((value) => (typeof value === 'number' ? value <= MAX_HOPS : value.every(isNetwork)), {
    error: `must be a number of proxies up to ${MAX_HOPS}, or their addresses and networks with commas in between`,
  })
  .default(0);

/** `ALLOWED_HOSTS` */
export const allowedHostsSchema = z
  .string()
  .transform(listOf)
  .refine((hosts) => hosts.every((host) => host === '*' || isIp(host) || HOST_NAME.test(host)), {
    error: 'must be host names without a port, with commas in between, or *',
  })
  .default([]);

const connectionCount = (defaultCount: number) =>
  wholeNumber({ unit: 'connections', from: 1, to: 1_000_000 }).default(defaultCount);

/** How many connections there may be at once. */
export const connectionEnvironment = {
  MAX_CONNECTIONS: connectionCount(DEFAULT_HTTP_LIMITS.connections),
  MAX_CONNECTIONS_PER_ADDRESS: connectionCount(DEFAULT_HTTP_LIMITS.connectionsPerNetwork),
};

export type ConnectionLimits = Pick<HttpLimits, 'connections' | 'connectionsPerNetwork'>;

export const connectionLimitsFrom = (
  values: Readonly<Record<keyof typeof connectionEnvironment, number>>,
): ConnectionLimits => ({
  connections: values.MAX_CONNECTIONS,
  connectionsPerNetwork: values.MAX_CONNECTIONS_PER_ADDRESS,
});
