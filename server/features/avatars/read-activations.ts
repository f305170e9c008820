import { count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { ActivationResponse, listActivations } from '../../../shared/api/activations.ts';
import type { RouteQuery, RouteResponse } from '../../../shared/api/define-route.ts';
import { RECENT_ACTIVATIONS } from '../../../shared/domain/activations.ts';
import { ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { findProject } from '../../access/find-permitted.ts';
import type { ServiceContext } from '../../context.ts';
import type { Queryable } from '../../db/database.ts';
import { activations } from '../../db/schema/activations.ts';
import { projects } from '../../db/schema/projects.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';

export interface ActivationListRequest {
  readonly projectUuid: string;
  readonly query: RouteQuery<typeof listActivations>;
}

/**
 * One page of a project's activation history, newest first, and how many activations there are in
 * total. Failures: `not_found`.
 */
export async function readActivations(
  { db }: ServiceContext,
  caller: Caller,
  { projectUuid, query }: ActivationListRequest,
): ServiceResult<RouteResponse<typeof listActivations>> {
  const found = await findProject(db, { caller, action: 'read', uuid: projectUuid });
  if (!found.ok) return found;
  const ofProject = eq(activations.projectId, found.value.id);
  const rows = await db
    .select()
    .from(activations)
    .where(ofProject)
    .orderBy(desc(activations.id))
    .limit(query.limit)
    .offset(query.offset);
  const [counted] = await db.select({ total: count() }).from(activations).where(ofProject);
  return ok({ activations: rows.map(toActivationResponse), total: counted?.total ?? 0 });
}

/** The last activations of each of the projects, newest first, by the project's ID. */
export async function readRecentActivations(
  db: Queryable,
  projectIds: readonly number[],
): Promise<ReadonlyMap<number, ActivationResponse[]>> {
  if (projectIds.length === 0) return new Map();
  const recent = db
    .select()
    .from(activations)
    .where(eq(activations.projectId, projects.id))
    .orderBy(desc(activations.id))
    .limit(RECENT_ACTIVATIONS)
    .as('recent');
  const rows = await db
    .select()
    .from(projects)
    .innerJoinLateral(recent, sql`true`)
    .where(inArray(projects.id, [...projectIds]))
    .orderBy(desc(recent.id));
  const byProject = new Map<number, ActivationResponse[]>();
  for (const row of rows) {
    const ofProject = byProject.get(row.projects.id) ?? [];
    ofProject.push(toActivationResponse(row.recent));
    byProject.set(row.projects.id, ofProject);
  }
  return byProject;
}

/** The UUID of the activation by which the active version is what it is; null if it never changed. */
export async function readNewestActivation(db: Queryable, projectId: number): Promise<string | null> {
  const [newest] = await db
    .select({ uuid: activations.uuid })
    .from(activations)
    .where(eq(activations.projectId, projectId))
    .orderBy(desc(activations.id))
    .limit(1);
  return newest?.uuid ?? null;
}

function toActivationResponse(row: typeof activations.$inferSelect): ActivationResponse {
  const from = { uuid: row.fromVersionUuid, lineage: row.fromAvatarUuid, name: row.fromName, version: row.fromVersion };
  const to = { uuid: row.toVersionUuid, lineage: row.toAvatarUuid, name: row.toName, version: row.toVersion };
  return {
    uuid: row.uuid,
    from: toActivatedVersion(from),
    to: toActivatedVersion(to),
    how: row.how,
    set_by_user_id: row.setByUserId,
    set_by: row.setBy,
    set_at: row.setAt.toISOString(),
  };
}

interface ActivatedColumns {
  readonly uuid: (typeof activations.$inferSelect)['toVersionUuid'];
  readonly lineage: (typeof activations.$inferSelect)['toAvatarUuid'];
  readonly name: string | null;
  readonly version: number | null;
}

/** A constraint of the table says that the columns are null together. */
function toActivatedVersion({ uuid, lineage, name, version }: ActivatedColumns): ActivationResponse['to'] {
  if (uuid === null || lineage === null || name === null || version === null) return null;
  return { uuid, lineage_uuid: lineage, name, version };
}
