import ky, { type KyInstance, type Options } from 'ky';
import {
  fillPath,
  type RouteBodyInput,
  type RouteDefinition,
  type RouteParams,
  type RouteQueryInput,
  type RouteResponse,
} from '../../shared/api/define-route.ts';
import { problemSchema } from '../../shared/api/problem.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { type Log, stackOf } from '../log.ts';
import {
  type ApiFailure,
  bugFailure,
  cancelledFailure,
  contractFailure,
  networkFailure,
  problemFailure,
  tooLargeFailure,
  unavailableFailure,
  unreachedFailure,
} from './api-failure.ts';
import { fetchOverAgent } from './network/fetch-over-agent.ts';
import { type ConnectionRoute, createNetwork, type Network } from './network/network.ts';
import { isNetworkError, reasonUnreached } from './network-errors.ts';
import { ResponseTooLargeError, readJson } from './read-body.ts';
import { BodyReadError } from './send-blocks.ts';

/**
 * Per request, until its response has been read: long enough for a slow mobile network, short
 * enough for a person to wait.
 */
const REQUEST_TIMEOUT_MS = 15 * SECOND_MS;
/** Far more than a working connection takes to answer a small request. */
const RENEWED_TIMEOUT_MS = 4 * SECOND_MS;

export interface ApiClientOptions {
  /** Origin of the server, as `normalizeServerAddress` returns it. */
  readonly serverUrl: string;
  /** Null before signing in. */
  readonly token: string | null;
  /** The server no longer accepts the token. Called at most once. */
  onUnauthenticated(): void;
  readonly log: Log;
  /** The ways to the server. Absent: always directly. */
  readonly network?: Network | undefined;
}

type Optional<Name extends string, Value> = [Value] extends [undefined]
  ? { readonly [Key in Name]?: undefined }
  : { readonly [Key in Name]: Value };

/** What a call of a route must carry, derived from its definition. */
export type CallInput<Route extends RouteDefinition> = Optional<'params', RouteParams<Route>> &
  Optional<'body', RouteBodyInput<Route>> & {
    readonly query?: RouteQueryInput<Route>;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
    readonly timeoutMs?: number;
  };

export interface RawRequest {
  readonly route: RouteDefinition;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly options?: Omit<Options, 'signal' | 'timeout' | 'fetch'>;
  /**
   * Replaces `fetch`. It is ended by `stopping`, not by the request's own signal, and never
   * repeated.
   */
  readonly send?: (request: Request, stopping: AbortSignal, route: ConnectionRoute) => Promise<Response>;
  readonly signal?: AbortSignal | undefined;
  /** Until the whole response has been read; absent: no limit. */
  readonly timeoutMs?: number;
}

/** The HTTP API as functions. Every expected failure is a value; only bugs throw. */
export interface ApiClient {
  readonly serverUrl: string;
  call<Route extends RouteDefinition>(
    route: Route,
    input: CallInput<Route>,
  ): Promise<Result<RouteResponse<Route>, ApiFailure>>;
  /**
   * Returns the response itself, for bytes and uploads. Its status is the route's success status.
   */
  request(request: RawRequest): Promise<Result<Response, ApiFailure>>;
  /**
   * Turns an error of a request, or of reading its response body, into a failure. An error that no
   * network explains is a bug: it is logged with its stack. Rethrows a `BodyReadError`.
   */
  failureOf(error: unknown, signal?: AbortSignal): ApiFailure;
  /**
   * Call when the connections may be dead without knowing it: after sleep, in another network.
   * Everything that is still running fails as if the network had failed. Until a request is answered,
   * the limit of calls is short, because each may meet another dead connection.
   */
  renewConnections(): void;
  /** Aborts everything that is still running. From now on every call returns `cancelled`. */
  close(): void;
}

export function createApiClient(options: ApiClientOptions): ApiClient {
  const { serverUrl, log, network = createNetwork({ log }) } = options;
  const http = createHttp(options);
  const closing = new AbortController();
  let renewing = new AbortController();
  let isProven = true;
  let isUnauthenticatedTold = false;

  const failureOf = (error: unknown, signal?: AbortSignal): ApiFailure => {
    if (signal?.aborted === true || closing.signal.aborted) return cancelledFailure();
    // The file that was to be sent cannot be read: this is not about the request.
    if (error instanceof BodyReadError) throw error;
    if (error instanceof ResponseTooLargeError) return tooLargeFailure(serverUrl, error.limitBytes);
    const reason = reasonUnreached(error, serverUrl);
    if (reason !== null) return unreachedFailure(reason);
    if (isNetworkError(error)) return networkFailure(serverUrl);
    log.error('A request failed because of a bug', { error: stackOf(error) });
    return bugFailure();
  };

  const request = async ({ route, params, options: more, signal, timeoutMs, send }: RawRequest) => {
    try {
      const path = fillPath(route.path, (params ?? {}) as Record<string, string>);
      const stopping = AbortSignal.any(limits([closing.signal, renewing.signal, signal], timeoutMs));
      const response = await http(path, {
        ...more,
        signal: stopping,
        fetch: fetchThrough(network, { stopping, send }),
        method: route.method,
      });
      isProven = true;
      if (response.status === route.successStatus || (route.response === 'binary' && response.ok)) return ok(response);
      const failure = await readProblem(response, serverUrl);
      if (failure.kind === 'unauthenticated' && options.token !== null && !isUnauthenticatedTold) {
        isUnauthenticatedTold = true;
        options.onUnauthenticated();
      }
      return fail(failure);
    } catch (error) {
      return fail(failureOf(error, signal));
    }
  };

  const call: ApiClient['call'] = async (route, input) => {
    const { params, signal, timeoutMs: wantedMs = REQUEST_TIMEOUT_MS } = input;
    const timeoutMs = isProven ? wantedMs : Math.min(wantedMs, RENEWED_TIMEOUT_MS);
    const result = await request({ route, params, signal, timeoutMs, options: callOptions(input) });
    if (!result.ok) return result;
    try {
      return await parseAnswer(route, result.value, serverUrl);
    } catch (error) {
      return fail(failureOf(error, signal));
    }
  };

  const renewConnections = () => {
    renewing.abort();
    renewing = new AbortController();
    isProven = false;
    network.forgetUnreachable();
  };

  return { serverUrl, call, request, failureOf, renewConnections, close: () => closing.abort() };
}

interface Sending {
  readonly stopping: AbortSignal;
  readonly send: RawRequest['send'];
}

/** A `fetch` along the route that the network has for the address. */
function fetchThrough(network: Network, { stopping, send }: Sending): typeof fetch {
  return (input, init) => {
    const request = input as Request;
    const along = (route: ConnectionRoute) =>
      send ? send(request, stopping, route) : fetchAlong(route, request.clone(), { ...init, signal: stopping });
    return network.send(request.url, along, { isRepeatable: send === undefined, stopping });
  };
}

/**
 * Node's fetch loses a Request's signal when the Request is garbage-collected. A response whose
 * body is still being read could then no longer be aborted. A signal that is passed beside the
 * Request is kept.
 */
function fetchAlong(
  { agent }: ConnectionRoute,
  request: Request,
  init: RequestInit & { readonly signal: AbortSignal },
): Promise<Response> {
  return agent === null ? fetch(request, init) : fetchOverAgent(request, { agent, stopping: init.signal });
}

function createHttp({ serverUrl, token }: ApiClientOptions): KyInstance {
  return ky.create({
    baseUrl: serverUrl,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    throwHttpErrors: false,
    retry: 0,
    // ky's own timeout ends with the response's headers; our signal covers the body, too.
    timeout: false,
    // A redirect is not followed: it would carry the token to an address that the user did not
    // enter.
    // Its response is not one of this API.
    redirect: 'manual',
  });
}

function limits(signals: readonly (AbortSignal | undefined)[], timeoutMs: number | undefined): AbortSignal[] {
  const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  return [...signals, timeout].filter((one) => one !== undefined);
}

interface CallParts {
  readonly body?: unknown;
  readonly query?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function callOptions({ body, query, headers }: CallParts): Options {
  return {
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { json: body }),
    ...(query === undefined ? {} : { searchParams: query as Record<string, string> }),
  };
}

async function parseAnswer<Route extends RouteDefinition>(
  route: Route,
  response: Response,
  serverUrl: string,
): Promise<Result<RouteResponse<Route>, ApiFailure>> {
  if (route.response === null) return ok(undefined as RouteResponse<Route>);
  if (route.response === 'binary') throw new Error(`${route.path} returns bytes: use request()`);
  const parsed = route.response.safeParse(await readJson(response));
  if (!parsed.success) return fail(contractFailure(serverUrl, response.status));
  return ok(parsed.data as RouteResponse<Route>);
}

async function readProblem(response: Response, serverUrl: string): Promise<ApiFailure> {
  const problem = problemSchema.safeParse(await readJson(response));
  if (problem.success) return problemFailure(problem.data, response.headers.get('retry-after'));
  return response.status >= 500
    ? unavailableFailure(serverUrl, response.status)
    : contractFailure(serverUrl, response.status);
}
