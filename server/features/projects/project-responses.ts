import { and, asc, count, countDistinct, eq, inArray, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { ActivationResponse } from '../../../shared/api/activations.ts';
import type { ProjectResponse } from '../../../shared/api/projects.ts';
import type { Queryable } from '../../db/database.ts';
import { avatars, lineages, notTrashed } from '../../db/schema/avatars.ts';
import { customers } from '../../db/schema/customers.ts';
import { projects } from '../../db/schema/projects.ts';
import { users } from '../../db/schema/users.ts';
import { readRecentActivations } from '../avatars/read-activations.ts';
import { thumbnailUrl } from '../avatars/version-responses.ts';

const activeVersions = alias(avatars, 'active_versions');
const activeAvatars = alias(lineages, 'active_avatars');
const setters = alias(users, 'setters');

function selectProjects(db: Queryable) {
  return db
    .select({
      project: projects,
      customer: { uuid: customers.uuid, name: customers.name },
      activeVersion: activeVersions,
      activeAvatar: activeAvatars,
      setterName: setters.name,
    })
    .from(projects)
    .innerJoin(customers, eq(customers.id, projects.customerId))
    .leftJoin(activeVersions, and(eq(activeVersions.projectId, projects.id), eq(activeVersions.isActive, true)))
    .leftJoin(activeAvatars, eq(activeAvatars.id, activeVersions.lineageId))
    .leftJoin(setters, eq(setters.id, projects.activeSetByUserId));
}

type ProjectRow = Awaited<ReturnType<typeof selectProjects>>[number];

/**
 * One project as the API returns it. Throws if it does not exist: the caller has found it in the
 * same transaction.
 */
export async function readProjectResponse(db: Queryable, projectUuid: string): Promise<ProjectResponse> {
  const found = (await readProjectResponses(db, [projectUuid])).get(projectUuid);
  if (!found) throw new Error(`Project ${projectUuid} vanished`);
  return found;
}

/** Those of the projects that exist, by UUID. */
export async function readProjectResponses(
  db: Queryable,
  projectUuids: readonly string[],
): Promise<ReadonlyMap<string, ProjectResponse>> {
  if (projectUuids.length === 0) return new Map();
  const rows = await selectProjects(db).where(inArray(projects.uuid, [...projectUuids]));
  const responses = await toProjectResponses(db, rows);
  return new Map(responses.map((response) => [response.uuid, response]));
}

export interface ProjectPage {
  readonly where: SQL | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** One page of projects, ordered by customer and name, and how many there are in total. */
export async function listProjectResponses(
  db: Queryable,
  page: ProjectPage,
): Promise<{ projects: ProjectResponse[]; total: number }> {
  const rows = await selectProjects(db)
    .where(page.where)
    .orderBy(asc(customers.name), asc(projects.name), asc(projects.id))
    .limit(page.limit)
    .offset(page.offset);
  const [counted] = await db
    .select({ total: count() })
    .from(projects)
    .innerJoin(customers, eq(customers.id, projects.customerId))
    .where(page.where);
  return { projects: await toProjectResponses(db, rows), total: counted?.total ?? 0 };
}

async function toProjectResponses(db: Queryable, rows: readonly ProjectRow[]): Promise<ProjectResponse[]> {
  const ids = rows.map((row) => row.project.id);
  const counts = ids.length === 0 ? new Map<number, number>() : await countAvatars(db, ids);
  const activations = await readRecentActivations(db, ids);
  return rows.map((row) =>
    toProjectResponse(row, {
      avatarCount: counts.get(row.project.id) ?? 0,
      activations: activations.get(row.project.id) ?? [],
    }),
  );
}

async function countAvatars(db: Queryable, projectIds: number[]): Promise<Map<number, number>> {
  const rows = await db
    .select({ projectId: avatars.projectId, total: countDistinct(avatars.lineageId) })
    .from(avatars)
    .where(and(inArray(avatars.projectId, projectIds), notTrashed()))
    .groupBy(avatars.projectId);
  return new Map(rows.map((row) => [row.projectId, row.total]));
}

interface ProjectParts {
  readonly avatarCount: number;
  readonly activations: ActivationResponse[];
}

function toProjectResponse(row: ProjectRow, { avatarCount, activations }: ProjectParts): ProjectResponse {
  const { project, customer } = row;
  return {
    id: project.id,
    uuid: project.uuid,
    customer_uuid: customer.uuid,
    customer_name: customer.name,
    name: project.name,
    created_at: project.createdAt.toISOString(),
    updated_at: project.updatedAt?.toISOString() ?? null,
    avatar_count: avatarCount,
    active_avatar: toActiveAvatar(row),
    active_set_by: row.setterName,
    active_set_at: project.activeSetAt?.toISOString() ?? null,
    activations,
    deleted_at: project.deletedAt?.toISOString() ?? null,
  };
}

function toActiveAvatar({ activeVersion, activeAvatar }: ProjectRow): ProjectResponse['active_avatar'] {
  if (!activeVersion || !activeAvatar) return null;
  return {
    uuid: activeVersion.uuid,
    lineage_uuid: activeAvatar.uuid,
    name: activeAvatar.name,
    version: activeVersion.version,
    thumbnail_url: thumbnailUrl(activeVersion),
  };
}
