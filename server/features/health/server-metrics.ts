import type { Pool } from 'pg';
import type { ServiceContext } from '../../context.ts';
import { countJobs } from '../../db/queue-job.ts';
import type { CheckResult } from './check.ts';
import { gauge, type MetricFamily } from './metrics-text.ts';
import { type CheckedParts, checkNames, diskSpace, type ReadyChecks } from './ready-checks.ts';

export type CheckResults = Readonly<Record<keyof ReadyChecks, CheckResult>>;

export async function runChecks(checks: ReadyChecks): Promise<CheckResults> {
  const [database, blobs, disk] = await Promise.all([checks.database(), checks.blobs(), checks.disk()]);
  return { database, blobs, disk };
}

export function readyFamily(results: CheckResults): MetricFamily {
  const samples = checkNames.map((check) => ({ labels: { check }, value: results[check] === 'ok' ? 1 : 0 }));
  return { name: 'gabinet_ready', help: 'Whether a part of the server works.', type: 'gauge', samples };
}

export function poolFamilies({ totalCount, idleCount, waitingCount }: Pool): readonly MetricFamily[] {
  const connections = [
    { labels: { state: 'busy' }, value: totalCount - idleCount },
    { labels: { state: 'idle' }, value: idleCount },
  ];
  return [
    { name: 'gabinet_database_connections', help: 'Connections of the pool.', type: 'gauge', samples: connections },
    gauge('gabinet_database_waiting', 'Requests that wait for a connection.', waitingCount),
  ];
}

/** Requests that run and wait in each queue. */
export function queueFamily(queues: ServiceContext['queues']): MetricFamily {
  const samples = Object.entries(queues).flatMap(([queue, { load }]) => [
    { labels: { queue, state: 'running' }, value: load.running },
    { labels: { queue, state: 'waiting' }, value: load.waiting },
  ]);
  return { name: 'gabinet_queued_requests', help: 'Requests in the fair queues.', type: 'gauge', samples };
}

/** Only while the database answers. */
export async function jobFamilies(db: ServiceContext['db']): Promise<readonly MetricFamily[]> {
  const { waiting, failed } = await countJobs(db);
  return [
    gauge('gabinet_jobs_waiting', 'Jobs that are due or will be, without those that failed for good.', waiting),
    gauge('gabinet_jobs_failed', 'Jobs that failed for good.', failed),
  ];
}

/** Only while the disk answers. */
export async function diskFamilies({ incomingDir }: CheckedParts): Promise<readonly MetricFamily[]> {
  const { freeBytes, sizeBytes } = await diskSpace(incomingDir);
  return [
    gauge('gabinet_disk_free_bytes', 'Free space where DATA_DIR is.', freeBytes),
    gauge('gabinet_disk_size_bytes', 'Size of the file system where DATA_DIR is.', sizeBytes),
  ];
}
