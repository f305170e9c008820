import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { ServerInfo } from '../shared/api/server-info.ts';
import { MAX_BUNDLE_BYTES } from '../shared/domain/limits.ts';
import type { GabPolicy } from '../shared/gab/report.ts';
import { HOUR_MS, MINUTE_MS } from '../shared/lib/durations.ts';
import { MIB } from '../shared/lib/sizes.ts';
import { localBlobStore } from './blobs/local-blob-store.ts';
import type { ServiceContext, SignInLimits } from './context.ts';
import type { DatabaseHandle } from './db/database.ts';
import type { OidcSettings } from './features/accounts/oidc/oidc-settings.ts';
import { registerAccountPages } from './features/accounts/pages/page-routes.ts';
import { registerSetupGate } from './features/accounts/setup-gate.ts';
import { DEFAULT_SIGN_IN_LIMITS } from './features/accounts/sign-in/sign-in-limits.ts';
import { ChangeEvents } from './features/feed/change-events.ts';
import { DEFAULT_UPLOAD_SESSION_HOURS } from './features/uploads/sessions/session-hours.ts';
import { type FileWorkers, startFileWorkers } from './files/file-workers.ts';
import { registerAllowedHosts } from './http/allowed-hosts.ts';
import { registerFormUploads } from './http/form-uploads.ts';
import { withoutLinkToken } from './http/log-url.ts';
import { registerOpenapi } from './http/openapi.ts';
import { registerProblems, sendError } from './http/problems.ts';
import { registerSecurityHeaders } from './http/security-headers.ts';
import { cutSilentConnections } from './http/silent-connections.ts';
import { type MailSettings, smtpMailer } from './mail/smtp-mailer.ts';
import type { TrustedProxies } from './network-settings.ts';
import { productVersion } from './product.ts';
import { createRequestQueues } from './queues/request-queues.ts';
import { registerRoutes } from './register-routes.ts';

export interface AppOptions {
  /** Its tables are migrated. The caller closes it after the app. */
  readonly database: DatabaseHandle;
  /** Absolute path. */
  readonly dataDir: string;
  readonly gabPolicy: GabPolicy;
  readonly trashDays: number;
  /** How long an unfinished upload is kept after its last byte, in hours; 24 by default. */
  readonly uploadSessionHours?: number;
  /** Where people reach the server; by default the address that a request was sent to. */
  readonly publicUrl?: string | null;
  /** How mails are sent; by default they are not. */
  readonly mail?: MailSettings | null;
  readonly demo: ServerInfo['demo'];
  readonly log: Logger;
  readonly signInLimits?: SignInLimits;
  /** Roles that require a second factor; none by default. */
  readonly secondFactorRoles?: ServiceContext['secondFactorRoles'];
  /** Where it will listen, 127.0.0.1 by default, and what else it is called. */
  readonly host?: string;
  readonly allowedHosts?: readonly string[];
  /** Whose X-Forwarded-For headers are believed; by default nobody's. */
  readonly trustedProxies?: TrustedProxies;
  /** The identity provider; absent or null without one. */
  readonly oidc?: OidcSettings | null;
  /** Whether local passwords sign in; true by default. */
  readonly allowsPasswords?: boolean;
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
const LOOPBACK = '127.0.0.1';

/** Builds the whole API without listening. `http.close()` ends it after the running requests. */
export async function buildApp(options: AppOptions): Promise<App> {
  const http: FastifyInstance = Fastify({
    loggerInstance: options.log.child({}, { serializers: { req: describeRequest } }),
    bodyLimit: MAX_JSON_BYTES,
    connectionTimeout: IDLE_CONNECTION_MS,
    exposeHeadRoutes: false,
    // While the server closes, running requests are still handled as usual.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
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
  const context = serviceContext(options, fileWorkers);
  const changeEvents = new ChangeEvents({ ...options, callers: context });
  http.addHook('onClose', () => fileWorkers.close());
  cutSilentConnections(http);
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
  await registerOpenapi(http, version);
  await registerAccountPages(http, context);
  registerRoutes(http, {
    context,
    changeEvents,
    oidc: options.oidc ?? null,
    info: serverInfo(options, version),
  });
  return { http, context };
}

/** Which proxies Fastify trusts. It takes no number, because it cannot know who may connect to it. */
function trustProxyOf(proxies: TrustedProxies) {
  if (proxies === 0) return false;
  return typeof proxies === 'number' ? (_address: string, hop: number) => hop < proxies : [...proxies];
}

function serviceContext(options: AppOptions, fileWorkers: FileWorkers): ServiceContext {
  const { database, dataDir, gabPolicy, trashDays, uploadSessionHours = DEFAULT_UPLOAD_SESSION_HOURS, log } = options;
  return {
    db: database.db,
    blobs: localBlobStore(join(dataDir, 'uploads')),
    fileWorkers,
    queues: createRequestQueues(),
    gabPolicy,
    isDemo: options.demo !== null,
    secondFactorRoles: options.secondFactorRoles ?? [],
    signInLimits: options.signInLimits ?? DEFAULT_SIGN_IN_LIMITS,
    allowsPasswords: options.allowsPasswords ?? true,
    trashDays,
    uploadSessionMs: uploadSessionHours * HOUR_MS,
    incomingDir: join(dataDir, 'incoming'),
    publicUrl: options.publicUrl ?? null,
    mailer: options.mail ? smtpMailer(options.mail, log) : null,
    log,
  };
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

/** What a log line contains about a request: never its headers, which carry tokens. */
function describeRequest(request: { method: string; url: string; ip: string }) {
  return { method: request.method, url: withoutLinkToken(request.url), ip: request.ip };
}
