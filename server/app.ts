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
import type { DatabaseHandle } from './db/database.ts';
import { registerFormUploads } from './plugins/form-uploads.ts';
import { registerOpenapi } from './plugins/openapi.ts';
import { answerError, registerProblems } from './plugins/problems.ts';
import { registerSecurityHeaders } from './plugins/security-headers.ts';
import { registerSignInGate } from './plugins/sign-in-limit.ts';
import { cutSilentConnections } from './plugins/silent-connections.ts';
import { productVersion } from './product.ts';
import { registerRoutes } from './routes/index.ts';
import { createChangeEvents } from './services/change-events/change-events.ts';
import type { ServiceContext } from './services/context.ts';
import { type FileWorkers, startFileWorkers } from './services/file-workers.ts';
import { DEFAULT_SIGN_INS_PER_MINUTE, type SignInLimits, signInLimitsFor } from './services/sign-in-limits.ts';
import { DEFAULT_UPLOAD_SESSION_HOURS } from './services/upload-sessions/session-hours.ts';

export interface AppOptions {
  /** Migrated. The caller closes it after the app. */
  readonly database: DatabaseHandle;
  /** Absolute. */
  readonly dataDir: string;
  readonly gabPolicy: GabPolicy;
  readonly trashDays: number;
  /** Hours after its last byte that an unfinished upload is kept; default: 24. */
  readonly uploadSessionHours?: number;
  readonly demo: ServerInfo['demo'];
  readonly log: Logger;
  readonly signInLimits?: SignInLimits;
  /** Between two heartbeats of the event stream; default: as the contract says. */
  readonly heartbeatMs?: number;
  /** Hears of every route that comes to be. */
  readonly onRoute?: (route: RouteOptions) => void;
}

export interface App {
  readonly http: FastifyInstance;
  readonly context: ServiceContext;
}

/** JSON bodies are names and descriptions. Uploads are not bodies in this sense: they are read as streams. */
const MAX_JSON_BYTES = MIB;
/** A connection on which nothing moves for so long is dead; an upload that moves may take as long as it needs. */
const IDLE_CONNECTION_MS = 2 * MINUTE_MS;

/** The whole API, not yet listening. `http.close()` ends it, running requests first. */
export async function buildApp(options: AppOptions): Promise<App> {
  const http: FastifyInstance = Fastify({
    loggerInstance: options.log.child({}, { serializers: { req: describeRequest } }),
    bodyLimit: MAX_JSON_BYTES,
    connectionTimeout: IDLE_CONNECTION_MS,
    exposeHeadRoutes: false,
    // While it closes, running connections are still answered as usual.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      void answerError(error, request, reply);
    },
    // Unique over all processes, so that the `instance` of a problem leads to one log line.
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
  }) as unknown as FastifyInstance;
  http.setValidatorCompiler(validatorCompiler);
  http.setSerializerCompiler(serializerCompiler);
  http.decorateRequest('caller', null);
  const workers = startFileWorkers(options.log);
  const context = serviceContext(options, workers);
  http.addHook('onClose', () => workers.close());
  cutSilentConnections(http);
  // Streams of events would never end by themselves, and closing waits for every answer.
  http.addHook('preClose', () => context.changeEvents.close());
  if (options.onRoute) http.addHook('onRoute', options.onRoute);
  registerProblems(http);
  await registerSecurityHeaders(http);
  await registerFormUploads(http);
  const version = productVersion();
  await registerOpenapi(http, version);
  const signInGate = await registerSignInGate(
    http,
    context,
    options.signInLimits ?? signInLimitsFor(DEFAULT_SIGN_INS_PER_MINUTE),
  );
  registerRoutes(http, { context, signInGate, info: serverInfo(options, version) });
  return { http, context };
}

function serviceContext(options: AppOptions, workers: FileWorkers): ServiceContext {
  const { database, dataDir, gabPolicy, trashDays, uploadSessionHours = DEFAULT_UPLOAD_SESSION_HOURS, log } = options;
  return {
    db: database.db,
    blobs: localBlobStore(join(dataDir, 'uploads')),
    inspector: workers.inspector,
    assembler: workers.assembler,
    changeEvents: createChangeEvents(options),
    gabPolicy,
    trashDays,
    uploadSessionMs: uploadSessionHours * HOUR_MS,
    incomingDir: join(dataDir, 'incoming'),
    log,
  };
}

function serverInfo({ gabPolicy, demo }: AppOptions, version: string): ServerInfo {
  return { product: 'gabinet', version, gab_policy: gabPolicy, max_file_bytes: MAX_BUNDLE_BYTES, demo };
}

/** What a log line says of a request: never its headers, which carry tokens. */
function describeRequest(request: { method: string; url: string; ip: string }) {
  return { method: request.method, url: request.url, ip: request.ip };
}
