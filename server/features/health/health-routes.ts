import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import type { ServiceContext } from '../../context.ts';
import { sendProblem } from '../../http/problems.ts';
import { gauge, METRICS_TYPE, metricsText } from './metrics-text.ts';
import { ProcessMetrics } from './process-metrics.ts';
import { type CheckedParts, createReadyChecks, type ReadyChecks } from './ready-checks.ts';
import { RequestMetrics } from './request-metrics.ts';
import { diskFamilies, jobFamilies, poolFamilies, queueFamily, readyFamily, runChecks } from './server-metrics.ts';

export interface HealthParts {
  readonly context: ServiceContext;
  readonly pool: Pool;
  /** Who has it may read `/metrics`; without it there is no such route. */
  readonly metricsToken: string | null;
  /** Of the product. */
  readonly version: string;
}

/**
 * For programs that watch the server, not for people. They may call it by any host name: `/health`
 * says nothing that a rebound page could use, and `/metrics` needs a token that no page has.
 */
const OPTIONS = {
  schema: { hide: true },
  config: { worksBeforeSetup: true, worksForAnyHost: true },
  // They ask every few seconds.
  logLevel: 'warn',
} as const;
const HEALTH_METHODS = ['GET', 'HEAD'];

/**
 * `/health/live` succeeds while the process answers, `/health/ready` while it can do its work.
 * `/metrics` is in the format of Prometheus. Register it before all other routes, whose requests it
 * counts.
 */
export function registerHealth(app: FastifyInstance, parts: HealthParts): void {
  const { context, pool, metricsToken } = parts;
  const checked = { pool, blobs: context.blobs, incomingDir: context.incomingDir, log: context.log };
  const checks = createReadyChecks(checked);
  app.route({
    ...OPTIONS,
    method: HEALTH_METHODS,
    url: '/health/live',
    handler: (_request, reply) => reply.send({ status: 'live' }),
  });
  app.route({
    ...OPTIONS,
    method: HEALTH_METHODS,
    url: '/health/ready',
    handler: (_request, reply) => sendReadiness(reply, checks),
  });
  if (metricsToken !== null) registerMetrics(app, { ...parts, metricsToken, checked, checks });
}

async function sendReadiness(reply: FastifyReply, checks: ReadyChecks): Promise<FastifyReply> {
  const results = await runChecks(checks);
  const isReady = Object.values(results).every((result) => result === 'ok');
  return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not_ready', checks: results });
}

interface MetricsParts extends HealthParts {
  readonly metricsToken: string;
  readonly checked: CheckedParts;
  readonly checks: ReadyChecks;
}

function registerMetrics(app: FastifyInstance, parts: MetricsParts): void {
  const requests = new RequestMetrics(app);
  const ownProcess = new ProcessMetrics();
  app.addHook('onClose', async () => ownProcess.close());
  app.route({
    ...OPTIONS,
    method: 'GET',
    url: '/metrics',
    handler: async (request, reply) => {
      if (!hasToken(request, parts.metricsToken)) {
        return sendProblem(request, reply, {
          code: 'unauthenticated',
          detail: 'This address needs the token of METRICS_TOKEN.',
          hint: 'Send it as "Authorization: Bearer TOKEN".',
        });
      }
      const families = [...requests.families(), ...ownProcess.families(), ...(await serverFamilies(parts))];
      return reply.header('content-type', METRICS_TYPE).send(metricsText(families));
    },
  });
}

async function serverFamilies({ context, pool, version, checked, checks }: MetricsParts) {
  const results = await runChecks(checks);
  return [
    { ...gauge('gabinet_build_info', 'Version of the server.', 1), samples: [{ labels: { version }, value: 1 }] },
    readyFamily(results),
    ...poolFamilies(pool),
    queueFamily(context.queues),
    ...(results.database === 'ok' ? await jobFamilies(context.db) : []),
    ...(results.disk === 'ok' ? await diskFamilies(checked) : []),
  ];
}

/** Digests, because a comparison in constant time needs equal lengths. */
function hasToken({ headers }: FastifyRequest, token: string): boolean {
  return timingSafeEqual(digestOf(headers.authorization ?? ''), digestOf(`Bearer ${token}`));
}

const digestOf = (text: string) => createHash('sha256').update(text).digest();
