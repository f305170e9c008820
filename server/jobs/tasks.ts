import type { CronItem, TaskList } from 'graphile-worker';
import type { ServiceContext } from '../context.ts';
import { jobPayloadSchemas } from '../db/queue-job.ts';
import { shortenFeeds } from '../features/feed/feed-retention.ts';
import { logSweep } from '../features/housekeeping/log-sweep.ts';
import { purgeProjects } from '../features/housekeeping/purge-projects.ts';
import { purgeTrash } from '../features/housekeeping/purge-trash.ts';
import { removeBlobs } from '../features/housekeeping/sweep-files.ts';
import { sweepOrphans } from '../features/housekeeping/sweep-orphans.ts';
import { sweepRows } from '../features/housekeeping/sweep-rows.ts';
import { RECHECK_KEY, recheckVersions } from '../features/recheck/recheck-versions.ts';
import { sweepSessions } from '../features/uploads/sessions/sweep-sessions.ts';

/** Every job by name. A job may run twice, so running it again must be harmless. */
export function jobTasks(context: ServiceContext): TaskList {
  return {
    remove_blobs: (payload: unknown) => removeBlobs(context, jobPayloadSchemas.remove_blobs.parse(payload).keys),
    purge_trash: async () => {
      const [purged, purgedProjects] = [await purgeTrash(context), await purgeProjects(context)];
      if (purged + purgedProjects > 0) context.log.info({ purged, purgedProjects }, 'emptied the trash');
    },
    sweep_orphans: async () => {
      logSweep(context.log, await sweepOrphans(context));
    },
    sweep_rows: () => sweepRows(context),
    shorten_feeds: async () => {
      await shortenFeeds(context);
    },
    recheck_versions: (payload: unknown, { abortSignal }) =>
      recheckVersions(context, jobPayloadSchemas.recheck_versions.parse(payload), abortSignal),
    sweep_upload_sessions: async () => {
      await sweepSessions(context);
    },
  };
}

/** The schedule of the regular jobs (UTC); each run is done by one of the server processes. */
export const CRON_ITEMS: CronItem[] = [
  { task: 'purge_trash', match: '*/10 * * * *' },
  { task: 'sweep_rows', match: '7 * * * *' },
  { task: 'sweep_upload_sessions', match: '17 * * * *' },
  { task: 'shorten_feeds', match: '52 2 * * *' },
  { task: 'sweep_orphans', match: '37 3 * * *' },
  // The same job as the one that each start queues.
  { task: 'recheck_versions', match: '22 4 * * *', options: { jobKey: RECHECK_KEY } },
];
