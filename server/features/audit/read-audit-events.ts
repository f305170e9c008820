import { and, count, desc, eq } from 'drizzle-orm';
import type { listAuditEvents } from '../../../shared/api/administration.ts';
import type { RouteQuery, RouteResponse } from '../../../shared/api/define-route.ts';
import type { ServiceContext } from '../../context.ts';
import { auditEvents } from '../../db/schema/history.ts';

/**
 * One page of the audit trail, newest first, and how many events there are in total. The route
 * admits administrators only.
 */
export async function readAuditEvents(
  { db }: ServiceContext,
  query: RouteQuery<typeof listAuditEvents>,
): Promise<RouteResponse<typeof listAuditEvents>> {
  const where = and(
    query.customer_uuid === undefined ? undefined : eq(auditEvents.customerUuid, query.customer_uuid),
    query.project_uuid === undefined ? undefined : eq(auditEvents.projectUuid, query.project_uuid),
    query.avatar_uuid === undefined ? undefined : eq(auditEvents.versionUuid, query.avatar_uuid),
    query.action === undefined ? undefined : eq(auditEvents.action, query.action),
  );
  const rows = await db
    .select()
    .from(auditEvents)
    .where(where)
    .orderBy(desc(auditEvents.id))
    .limit(query.limit)
    .offset(query.offset);
  const [counted] = await db.select({ total: count() }).from(auditEvents).where(where);
  return { events: rows.map(toAuditEvent), total: counted?.total ?? 0 };
}

function toAuditEvent(row: typeof auditEvents.$inferSelect) {
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    actor: row.actor,
    customer_uuid: row.customerUuid,
    project_uuid: row.projectUuid,
    avatar_uuid: row.versionUuid,
    details: row.details,
  };
}
