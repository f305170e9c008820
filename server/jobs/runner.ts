import { parseCronItems, type Runner, run, Logger as WorkerLogger } from 'graphile-worker';
import type { Pool } from 'pg';
import { HOUR_MS } from '../../shared/lib/durations.ts';
import type { ServiceContext } from '../context.ts';
import { sweepTempFiles } from '../features/housekeeping/sweep-files.ts';
import { queueRecheck } from '../features/recheck/recheck-versions.ts';
import { jobConnections } from './job-connections.ts';
import { CRON_ITEMS, jobTasks } from './tasks.ts';

/** Jobs are small and rare; two at a time leave the connections to the requests. */
const JOB_CONCURRENCY = 2;
/** LISTEN/NOTIFY wakes the workers; polling only finds jobs that have become due. */
const POLL_INTERVAL_MS = 10_000;

export interface JobRunner {
  /** Resolves when the running jobs have ended. */
  stop(): Promise<void>;
}

/**
 * Runs the jobs of this database, together with all other server processes that use it. Start it
 * after listening.
 */
export async function startJobs(context: ServiceContext, pool: Pool): Promise<JobRunner> {
  const connections = jobConnections(pool);
  const runner: Runner = await run({
    pgPool: connections.pool,
    taskList: jobTasks(context),
    parsedCronItems: parseCronItems(CRON_ITEMS),
    concurrency: JOB_CONCURRENCY,
    pollInterval: POLL_INTERVAL_MS,
    noHandleSignals: true,
    logger: workerLogger(context),
  });
  await queueRecheck(context.db);
  const stopTempSweep = sweepTempFilesRegularly(context);
  return {
    async stop() {
      stopTempSweep();
      await runner.stop();
      await connections.stop();
    },
  };
}

/**
 * Each process has its own incoming folder, so each one sweeps its own: at once, and then every
 * hour.
 */
function sweepTempFilesRegularly(context: ServiceContext): () => void {
  const sweep = () => {
    sweepTempFiles(context).catch((error: unknown) =>
      context.log.error({ err: error }, 'could not sweep temporary files'),
    );
  };
  sweep();
  const timer = setInterval(sweep, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}

const LEVELS: Readonly<Record<string, 'error' | 'warn' | 'debug'>> = { error: 'error', warning: 'warn' };

function workerLogger({ log }: ServiceContext): WorkerLogger {
  return new WorkerLogger(() => (level, message, meta) => {
    log[LEVELS[level] ?? 'debug']({ worker: meta?.label }, message);
  });
}
