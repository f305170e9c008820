import { and, eq, lt } from 'drizzle-orm';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import type { ServiceContext } from '../../context.ts';
import { customers } from '../../db/schema/customers.ts';
import { projects } from '../../db/schema/projects.ts';
import { lockCustomer } from '../../history/record-changes.ts';
import { removeProject } from '../projects/remove-project.ts';

/**
 * Deletes projects that have been in the trash for longer than the settings allow. Returns their
 * number.
 */
export async function purgeProjects(context: ServiceContext, now = new Date()): Promise<number> {
  const isOver = lt(projects.deletedAt, new Date(now.getTime() - context.trashDays * DAY_MS));
  const due = await context.db
    .select({ id: projects.id, customerId: projects.customerId })
    .from(projects)
    .where(isOver);
  let purged = 0;
  for (const { id, customerId } of due) {
    const isPurged = await context.db.transaction(async (tx) => {
      await lockCustomer(tx, customerId);
      // It may have been restored in the meantime.
      const [project] = await tx
        .select({
          id: projects.id,
          uuid: projects.uuid,
          name: projects.name,
          customerId: projects.customerId,
          customerUuid: customers.uuid,
        })
        .from(projects)
        .innerJoin(customers, eq(customers.id, projects.customerId))
        .where(and(eq(projects.id, id), isOver));
      if (project) await removeProject(tx, project, { action: 'project.purged', actor: null });
      return project !== undefined;
    });
    if (isPurged) purged += 1;
  }
  return purged;
}
