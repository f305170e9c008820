import type { Agent } from 'node:https';
import { isLoopbackHost } from '../../../shared/domain/server-address.ts';
import { MINUTE_MS } from '../../../shared/lib/durations.ts';
import { causesOf, hasErrorCode } from '../../error-code.ts';
import type { Log } from '../../log.ts';
import { ProxyAgent } from './proxy-agent.ts';
import { ProxyError } from './proxy-error.ts';
import { isUsableProxy, proxyUrl } from './proxy-url.ts';
import { trustSystemAuthorities } from './system-authorities.ts';
import { unlessStopped } from './unless-stopped.ts';

/** How long a proxy that could not be reached is tried last, in milliseconds; as Chromium does. */
const AVOID_MS = 5 * MINUTE_MS;

/**
 * The proxies for an address, the preferred one first: `http://[user:password@]host:port` or
 * `https:`. Null is a direct connection.
 */
export type FindProxies = (url: string) => Promise<readonly (string | null)[]>;

export interface NetworkOptions {
  readonly log: Log;
  /** Absent: always directly. */
  readonly findProxies?: FindProxies | undefined;
}

/** How one request leaves this computer. */
export interface ConnectionRoute {
  /** Null: directly. */
  readonly agent: Agent | null;
}

export interface RouteOptions {
  /** A request that can be sent again takes the next route if one leads nowhere. */
  readonly isRepeatable: boolean;
  /** Ends looking for proxies, too; the request itself must listen to it. */
  readonly stopping: AbortSignal;
}

/** The ways from this computer to servers. */
export interface Network {
  /**
   * Runs a request along the route for this address. Servers on this computer are always reached
   * directly. Rejects as `request` does, with a `ProxyError` if a proxy is at fault, and with the
   * signal's reason if it is stopped before there is a route.
   */
  send<Value>(url: string, request: (route: ConnectionRoute) => Promise<Value>, options: RouteOptions): Promise<Value>;
  /** Every proxy is tried in its turn again. Call it in another network. */
  forgetUnreachable(): void;
  /** Closes kept connections. Running requests are not ended. */
  close(): void;
}

const DIRECT: ConnectionRoute = { agent: null };

export function createNetwork(options: NetworkOptions): Network {
  return new ProxiedNetwork(options);
}

class ProxiedNetwork implements Network {
  readonly #log: Log;
  readonly #findProxies: FindProxies;
  readonly #agents = new Map<string, ProxyAgent>();
  /** When a proxy could not be reached, in monotonic milliseconds. */
  readonly #unreachableAtMs = new Map<string, number>();

  constructor({ log, findProxies = async () => [null] }: NetworkOptions) {
    this.#log = log;
    this.#findProxies = findProxies;
  }

  async send<Value>(
    url: string,
    request: (route: ConnectionRoute) => Promise<Value>,
    { isRepeatable, stopping }: RouteOptions,
  ): Promise<Value> {
    const proxies = await this.#proxiesFor(new URL(url), stopping);
    for (const [index, proxy] of proxies.entries()) {
      try {
        const value = await request(this.#routeVia(proxy, isRepeatable));
        this.#remember(proxy, proxies.slice(0, index));
        return value;
      } catch (error) {
        const isLast = index === proxies.length - 1;
        if (isLast || !isRepeatable || stopping.aborted || !hasReachedNothing(error)) throw error;
      }
    }
    throw new Error('There is always a route: this is a bug');
  }

  forgetUnreachable(): void {
    this.#unreachableAtMs.clear();
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  /** Without an answer by another route, the fault may be this computer's own connection. */
  #remember(answered: string | null, failed: readonly (string | null)[]): void {
    if (answered !== null) this.#unreachableAtMs.delete(answered);
    for (const proxy of failed) if (proxy !== null) this.#unreachableAtMs.set(proxy, performance.now());
  }

  /** A kept connection that the server has closed since then would cost an attempt. */
  #routeVia(proxy: string | null, mayUseKeptConnection: boolean): ConnectionRoute {
    if (proxy === null) return DIRECT;
    const agent = mayUseKeptConnection ? this.#agentFor(proxy) : new ProxyAgent(proxyUrl(proxy), { keepAlive: false });
    return { agent };
  }

  /** At least one. */
  async #proxiesFor(url: URL, stopping: AbortSignal): Promise<readonly (string | null)[]> {
    if (url.protocol === 'https:') trustSystemAuthorities(this.#log);
    // Only servers on this computer are addressed with http.
    if (url.protocol !== 'https:' || isLoopbackHost(url.hostname)) return [null];
    const found = await unlessStopped(this.#findProxies(url.href), stopping);
    const usable = found.filter(isUsableProxy);
    // One that cannot be used is taken only to be named in the failure.
    const proxies = usable.length > 0 ? usable : [found[0] ?? null];
    const avoided = proxies.filter((proxy) => this.#isAvoided(proxy));
    return [...proxies.filter((proxy) => !avoided.includes(proxy)), ...avoided];
  }

  #isAvoided(proxy: string | null): boolean {
    const atMs = proxy === null ? undefined : this.#unreachableAtMs.get(proxy);
    return atMs !== undefined && performance.now() - atMs < AVOID_MS;
  }

  #agentFor(proxy: string): ProxyAgent {
    const kept = this.#agents.get(proxy);
    if (kept !== undefined) return kept;
    const agent = new ProxyAgent(proxyUrl(proxy), { keepAlive: true });
    this.#agents.set(proxy, agent);
    return agent;
  }
}

/** The codes with which a direct connection fails before it has sent anything. */
const NOT_CONNECTED_CODES = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Whether neither a server nor a proxy has seen the request, so that it may take another route. */
function hasReachedNothing(error: unknown): boolean {
  const causes = causesOf(error);
  const proxyError = causes.find((cause) => cause instanceof ProxyError);
  if (proxyError) return proxyError.problem === 'unreachable';
  return causes.some((cause) => hasErrorCode(cause, ...NOT_CONNECTED_CODES));
}
