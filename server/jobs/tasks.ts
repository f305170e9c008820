import type { CronItem, TaskList } from 'graphile-worker';
import { z } from 'zod';
import type { ServiceContext } from '../services/context.ts';
import { purgeTrash, removeBlobs, sweepOrphans, sweepRows } from '../services/maintenance.ts';
import type { JobPayloads } from '../services/outbox.ts';

/** Payloads come out of the database: checked like any other input. */
const removeBlobsSchema = z.object({ keys: z.array(z.string()) }) satisfies z.ZodType<JobPayloads['remove_blobs']>;

/** Every job by name. A job may run twice and must not mind. */
export function jobTasks(context: ServiceContext): TaskList {
  return {
    remove_blobs: (payload: unknown) => removeBlobs(context, removeBlobsSchema.parse(payload).keys),
    purge_trash: async () => {
      const purged = await purgeTrash(context);
      if (purged > 0) context.log.info({ purged }, 'emptied the trash');
    },
    sweep_orphans: async () => {
      await sweepOrphans(context);
    },
    sweep_rows: () => sweepRows(context),
  };
}

/** When the regular jobs run (UTC); one server process of all carries each out. */
export const CRON_ITEMS: CronItem[] = [
  { task: 'purge_trash', match: '*/10 * * * *' },
  { task: 'sweep_rows', match: '7 * * * *' },
  { task: 'sweep_orphans', match: '37 3 * * *' },
];
