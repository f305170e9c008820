import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DestinationStream, pino } from 'pino';
import { type App, buildApp } from '../../server/app.ts';
import type { ServiceContext, SignInLimits } from '../../server/context.ts';
import { createLog } from '../../server/create-log.ts';
import { type DatabaseHandle, openDatabase } from '../../server/db/database.ts';
import type { OidcSettings } from '../../server/features/accounts/oidc/oidc-settings.ts';
import type { HttpLimits } from '../../server/http/http-limits.ts';
import { type JobRunner, startJobs } from '../../server/jobs/runner.ts';
import type { MailSettings } from '../../server/mail/smtp-mailer.ts';
import type { TrustedProxies } from '../../server/network-settings.ts';
import type { ServerInfo } from '../../shared/api/server-info.ts';
import type { GabPolicy } from '../../shared/gab/report.ts';
import { ApiClient } from './api-client.ts';
import { createTestDatabase } from './postgres.ts';
import { populate, type TestWorld } from './world.ts';

export { type SpawnedServer, spawnServer } from './spawn-server.ts';

export interface TestServerOptions {
  readonly gabPolicy?: GabPolicy;
  readonly trashDays?: number;
  /** Off by default, so that queued jobs stay visible to tests. */
  readonly withJobs?: boolean;
  readonly signInLimits?: SignInLimits;
  readonly secondFactorRoles?: ServiceContext['secondFactorRoles'];
  /** What the server believes that it listens on; it listens on 127.0.0.1. */
  readonly host?: string;
  readonly allowedHosts?: readonly string[];
  readonly trustedProxies?: TrustedProxies;
  readonly publicUrl?: string;
  readonly metricsToken?: string;
  readonly mail?: MailSettings;
  readonly oidc?: OidcSettings;
  readonly allowsPasswords?: boolean;
  /** Receives the log of the server, one JSON line at a time. */
  readonly logTo?: DestinationStream;
  readonly demo?: ServerInfo['demo'];
  readonly httpLimits?: Partial<HttpLimits>;
  readonly heartbeatMs?: number;
  readonly uploadSessionHours?: number;
  readonly storageLimits?: ServiceContext['storageLimits'];
  /**
   * The server whose database and folder to use: together they are two processes of one
   * installation.
   */
  readonly shareWith?: TestServer;
}

export interface TestServer extends TestWorld {
  /** `http://127.0.0.1:PORT`, no slash at the end. */
  readonly url: string;
  readonly app: App;
  readonly database: DatabaseHandle;
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** A client that sends this token, or none. */
  client(token?: string | null): ApiClient;
  /** Runs queued jobs from now on. */
  startJobs(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A real server on a free port in this process, with its own database, data folder and users: Dana
 * (designer), Viktor (viewer) and Mira (manager) of Aurora, Bo (designer) of Borealis, and Ada
 * (administrator).
 * `stop()` ends it.
 */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { shareWith } = options;
  const testDatabase = shareWith ? null : await createTestDatabase();
  const databaseUrl = shareWith?.databaseUrl ?? testDatabase?.url ?? '';
  const dataDir = shareWith?.dataDir ?? (await mkdtemp(join(tmpdir(), 'gabinet-test-server-')));
  const log = options.logTo
    ? createLog('trace', options.logTo)
    : pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' });
  const database = openDatabase(databaseUrl, log);
  const app = await buildApp({
    database,
    dataDir,
    gabPolicy: options.gabPolicy ?? 'lenient',
    trashDays: options.trashDays ?? 30,
    demo: options.demo ?? null,
    log,
    ...(options.uploadSessionHours !== undefined && { uploadSessionHours: options.uploadSessionHours }),
    ...(options.httpLimits && { httpLimits: options.httpLimits }),
    ...(options.storageLimits && { storageLimits: options.storageLimits }),
    ...(options.heartbeatMs !== undefined && { heartbeatMs: options.heartbeatMs }),
    ...(options.host !== undefined && { host: options.host }),
    ...(options.allowedHosts && { allowedHosts: options.allowedHosts }),
    ...(options.trustedProxies !== undefined && { trustedProxies: options.trustedProxies }),
    ...(options.metricsToken !== undefined && { metricsToken: options.metricsToken }),
    ...(options.publicUrl !== undefined && { publicUrl: options.publicUrl }),
    ...(options.mail && { mail: options.mail }),
    ...(options.oidc && { oidc: options.oidc }),
    ...(options.allowsPasswords !== undefined && { allowsPasswords: options.allowsPasswords }),
    ...(options.secondFactorRoles && { secondFactorRoles: options.secondFactorRoles }),
    ...(options.signInLimits && { signInLimits: options.signInLimits }),
  });
  const world = shareWith ?? (await populate(database.db));
  await app.http.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(app.http.server.address() as AddressInfo).port}`;
  let jobs: JobRunner | null = null;
  const server: TestServer = {
    people: world.people,
    customers: world.customers,
    projects: world.projects,
    url,
    app,
    database,
    databaseUrl,
    dataDir,
    client: (token = null) => new ApiClient(url, token),
    async startJobs() {
      jobs ??= await startJobs(app.context, database.pool);
    },
    async stop() {
      await jobs?.stop();
      await app.http.close();
      await database.close();
      if (shareWith) return;
      await testDatabase?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  if (options.withJobs) await server.startJobs();
  return server;
}
