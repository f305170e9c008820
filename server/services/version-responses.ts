import { and, asc, count, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { AvatarResponse, customerAvatarRoutes } from '../../shared/api/avatars.ts';
import type { RouteQuery } from '../../shared/api/define-route.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { Queryable } from '../db/database.ts';
import { avatars, lineages } from '../db/schema/avatars.ts';
import { projects } from '../db/schema/projects.ts';
import { users } from '../db/schema/users.ts';
import { containsText } from './text-search.ts';

export type AvatarListQuery = RouteQuery<typeof customerAvatarRoutes.list>;

const creators = alias(users, 'creators');

interface AvatarRow {
  readonly avatar: typeof avatars.$inferSelect;
  readonly lineage: typeof lineages.$inferSelect;
  readonly projectUuid: string;
  readonly creatorName: string | null;
}

function selectAvatars(db: Queryable) {
  return db
    .select({ avatar: avatars, lineage: lineages, projectUuid: projects.uuid, creatorName: creators.name })
    .from(avatars)
    .innerJoin(lineages, eq(lineages.id, avatars.lineageId))
    .innerJoin(projects, eq(projects.id, avatars.projectId))
    .leftJoin(creators, eq(creators.id, avatars.createdByUserId));
}

/** One version as the API shows it. Throws where it is not there: callers have found it in the same transaction. */
export async function readAvatarResponse(db: Queryable, versionUuid: VersionUuid): Promise<AvatarResponse> {
  const [row] = await selectAvatars(db).where(eq(avatars.uuid, versionUuid));
  if (!row) throw new Error(`Avatar ${versionUuid} vanished`);
  return toAvatarResponse(row);
}

/** A page of a project's versions, with how many there are in all. */
export async function listAvatarResponses(
  db: Queryable,
  projectId: number,
  query: AvatarListQuery,
): Promise<{ avatars: AvatarResponse[]; total: number }> {
  const where = and(eq(avatars.projectId, projectId), ...listFilters(query));
  const rows = await selectAvatars(db)
    .where(where)
    .orderBy(...LIST_ORDERS[query.sort])
    .limit(query.limit)
    .offset(query.offset);
  const [counted] = await db
    .select({ total: count() })
    .from(avatars)
    .innerJoin(lineages, eq(lineages.id, avatars.lineageId))
    .where(where);
  return { avatars: rows.map(toAvatarResponse), total: counted?.total ?? 0 };
}

// The id ends every order, so that pages never overlap.
const LIST_ORDERS: Readonly<Record<AvatarListQuery['sort'], SQL[]>> = {
  newest: [desc(avatars.createdAt), desc(avatars.id)],
  oldest: [asc(avatars.createdAt), asc(avatars.id)],
  name: [asc(sql`lower(${lineages.name})`), desc(avatars.version), asc(avatars.id)],
  size: [desc(avatars.fileSize), desc(avatars.id)],
};

function listFilters(query: AvatarListQuery): (SQL | undefined)[] {
  return [
    query.trashed ? isNotNull(avatars.deletedAt) : isNull(avatars.deletedAt),
    query.active === undefined ? undefined : eq(avatars.isActive, query.active),
    query.lineage_uuid === undefined ? undefined : eq(lineages.uuid, query.lineage_uuid),
    query.tag === undefined ? undefined : sql`${query.tag} = any(${lineages.tags})`,
    query.q ? textFilter(query.q) : undefined,
  ];
}

function textFilter(text: string): SQL {
  const tags = sql`array_to_string(${lineages.tags}, ' ')`;
  const searched = [lineages.name, avatars.originalFilename, avatars.description, tags];
  return sql`(${sql.join(
    searched.map((column) => containsText(column, text)),
    sql` or `,
  )})`;
}

/** The picture's address holds its hash, so that a cached one can never be stale. */
export function thumbnailUrl(versionUuid: VersionUuid, thumbnailSha256: string | null): string | null {
  if (thumbnailSha256 === null) return null;
  return `/api/customer/avatars/${versionUuid}/thumbnail?v=${thumbnailSha256.slice(0, 16)}`;
}

function toAvatarResponse({ avatar, lineage, projectUuid, creatorName }: AvatarRow): AvatarResponse {
  return {
    id: avatar.id,
    uuid: avatar.uuid,
    project_id: avatar.projectId,
    project_uuid: projectUuid,
    filename: avatar.filename,
    original_filename: avatar.originalFilename,
    file_size: avatar.fileSize,
    is_active: avatar.isActive,
    created_at: avatar.createdAt.toISOString(),
    updated_at: avatar.updatedAt?.toISOString() ?? null,
    lineage_uuid: lineage.uuid,
    version: avatar.version,
    name: lineage.name,
    tags: lineage.tags,
    description: avatar.description,
    created_by_user_id: avatar.createdByUserId,
    created_by_name: creatorName,
    sha256: avatar.sha256,
    container: avatar.container,
    verdict: avatar.verdict,
    activatable: avatar.activatable,
    issues: [...avatar.issues],
    manifest_id: avatar.manifestId,
    body_type: avatar.bodyType,
    thumbnail_url: thumbnailUrl(avatar.uuid, avatar.thumbnailSha256),
    deleted_at: avatar.deletedAt?.toISOString() ?? null,
  };
}
