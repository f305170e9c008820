import { MINUTE_MS, SECOND_MS } from '../../shared/lib/durations.ts';

/** How long and how often clients may occupy a connection. */
export interface HttpLimits {
  /** Connections at once, of everybody and of one network (IPv4: one address, IPv6: one /64). */
  readonly connections: number;
  readonly connectionsPerNetwork: number;
  /** From the end of the headers to the end of a body that is not an upload. */
  readonly bodyMs: number;
  /** An upload is measured over windows of this length. */
  readonly uploadWindowMs: number;
  /** After a refusal: how long a client may pause, and how long it may send in total. */
  readonly lingerPauseMs: number;
  readonly lingerMs: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  // Each takes a descriptor and, while it downloads, a second one; systems give at least 4096.
  connections: 1500,
  // An office behind one address: eight for each of sixty people.
  connectionsPerNetwork: 500,
  // A recipe of 1 MiB over the slowest mobile network, at 20 KB/s.
  bodyMs: MINUTE_MS,
  uploadWindowMs: MINUTE_MS,
  lingerPauseMs: 2 * SECOND_MS,
  lingerMs: 30 * SECOND_MS,
};
