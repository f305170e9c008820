import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { ServerInfo } from '../shared/api/server-info.ts';
import { MAX_BUNDLE_BYTES } from '../shared/domain/limits.ts';
import { MINUTE_MS, SECOND_MS } from '../shared/lib/durations.ts';
import { MIB } from '../shared/lib/sizes.ts';
import type { ServiceContext } from './context.ts';
import type { OidcSettings } from './features/accounts/oidc/oidc-settings.ts';
import { registerAccountPages } from './features/accounts/pages/page-routes.ts';
import { registerSetupGate } from './features/accounts/setup-gate.ts';
import { ChangeEvents } from './features/feed/change-events.ts';
import { registerHealth } from './features/health/health-routes.ts';
import { startFileWorkers } from './files/file-workers.ts';
import { registerAllowedHosts } from './http/allowed-hosts.ts';
import { registerBodyDeadlines } from './http/body-deadlines.ts';
import { registerConnectionCaps } from './http/connection-caps.ts';
import { endEarly, registerEarlyResponses } from './http/early-responses.ts';
import { registerExpectedBodies } from './http/expected-bodies.ts';
import { registerFormUploads } from './http/form-uploads.ts';
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from './http/http-limits.ts';
import { describeRequest } from './http/log-request.ts';
import { registerOpenapi } from './http/openapi.ts';
import { registerEarlyNotFound, registerProblems, sendError } from './http/problems.ts';
import { refuseMalformed } from './http/raw-problems.ts';
import { registerSecurityHeaders } from './http/security-headers.ts';
import { cutSilentConnections } from './http/silent-connections.ts';
import type { TrustedProxies } from './network-settings.ts';
import { productVersion } from './product.ts';
import { registerRoutes } from './register-routes.ts';
import { type ContextOptions, createServiceContext } from './service-context.ts';

export interface AppOptions extends ContextOptions {
  readonly demo: ServerInfo['demo'];
  /** Where it will listen, 127.0.0.1 by default, and what else it is called. */
  readonly host?: string;
  readonly allowedHosts?: readonly string[];
  /** Whose X-Forwarded-For headers are believed; by default nobody's. */
  readonly trustedProxies?: TrustedProxies;
  /** The identity provider; absent or null without one. */
  readonly oidc?: OidcSettings | null;
  /** How long and how often clients may occupy connections; by default as operations.md says. */
  readonly httpLimits?: Partial<HttpLimits>;
  /** Who has it may read `/metrics`; by default there are none. */
  readonly metricsToken?: string | null;
  /** Time between two heartbeats of the event stream; by default as the contract says. */
  readonly heartbeatMs?: number;
  /** Called for every registered route. */
  readonly onRoute?: (route: RouteOptions) => void;
}

export interface App {
  readonly http: FastifyInstance;
  readonly context: ServiceContext;
}

/**
 * JSON bodies contain names and descriptions. Uploads do not count as bodies: they are read as
 * streams.
 */
const MAX_JSON_BYTES = MIB;
/**
 * A connection without any traffic for this long is dead; an upload that makes progress may take as
 * long as it needs.
 */
const IDLE_CONNECTION_MS = 2 * MINUTE_MS;
/** Headers fit into a few packets. */
const HEADERS_MS = 30 * SECOND_MS;
const LOOPBACK = '127.0.0.1';

/** Builds the whole API without listening. `http.close()` ends it after the running requests. */
export async function buildApp(options: AppOptions): Promise<App> {
  const limits: HttpLimits = { ...DEFAULT_HTTP_LIMITS, ...options.httpLimits };
  const http: FastifyInstance = Fastify({
    loggerInstance: options.log.child({}, { serializers: { req: describeRequest } }),
    bodyLimit: MAX_JSON_BYTES,
    connectionTimeout: IDLE_CONNECTION_MS,
    exposeHeadRoutes: false,
    // While the server closes, running requests are still handled as usual.
    return503OnClosing: false,
    http: { headersTimeout: HEADERS_MS },
    clientErrorHandler: refuseMalformed(limits),
    frameworkErrors: (error, request, reply) => {
      endEarly(request, reply, limits);
      void sendError(error, request, reply);
    },
    // Unique across all processes, so that the `instance` of a problem leads to one log line.
    genReqId: () => randomUUID(),
    trustProxy: trustProxyOf(options.trustedProxies ?? 0),
    routerOptions: { maxParamLength: 200 },
  }) as unknown as FastifyInstance;
  http.setValidatorCompiler(validatorCompiler);
  http.setSerializerCompiler(serializerCompiler);
  http.decorateRequest('caller', null);
  const fileWorkers = startFileWorkers(options.log);
  const context = createServiceContext(options, { fileWorkers, isDemo: options.demo !== null });
  const changeEvents = new ChangeEvents({ ...options, callers: context });
  http.addHook('onClose', () => fileWorkers.close());
  cutSilentConnections(http);
  registerExpectedBodies(http);
  registerConnectionCaps(http, limits, (options.trustedProxies ?? 0) !== 0);
  registerEarlyResponses(http, limits);
  registerBodyDeadlines(http, limits);
  // Event streams never end on their own, and closing waits for every response.
  http.addHook('preClose', () => changeEvents.close());
  if (options.onRoute) http.addHook('onRoute', options.onRoute);
  registerProblems(http);
  await registerSecurityHeaders(http);
  const { host = LOOPBACK, allowedHosts = [], publicUrl = null } = options;
  registerAllowedHosts(http, { host, allowedHosts, publicUrl });
  registerSetupGate(http, context);
  await registerFormUploads(http);
  const version = productVersion();
  const { database, metricsToken = null } = options;
  registerHealth(http, { context, pool: database.pool, metricsToken, version });
  await registerOpenapi(http, version);
  await registerAccountPages(http, context);
  registerRoutes(http, {
    context,
    changeEvents,
    oidc: options.oidc ?? null,
    info: serverInfo(options, version),
  });
  registerEarlyNotFound(http);
  return { http, context };
}

/** Which proxies Fastify trusts. It takes no number, because it cannot know who may connect to it. */
function trustProxyOf(proxies: TrustedProxies) {
  if (proxies === 0) return false;
  return typeof proxies === 'number' ? (_address: string, hop: number) => hop < proxies : [...proxies];
}

function serverInfo(options: AppOptions, version: string): Omit<ServerInfo, 'is_set_up'> {
  const { gabPolicy, demo, oidc, allowsPasswords = true } = options;
  return {
    product: 'gabinet',
    version,
    gab_policy: gabPolicy,
    max_file_bytes: MAX_BUNDLE_BYTES,
    sign_in: { passwords: allowsPasswords, provider: oidc ? { name: oidc.name } : null },
    demo,
  };
}
