import { and, asc, count, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { AvatarResponse, customerAvatarRoutes } from '../../../shared/api/avatars.ts';
import type { RouteQuery } from '../../../shared/api/define-route.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import type { Queryable } from '../../db/database.ts';
import { avatars, lineages, notTrashed } from '../../db/schema/avatars.ts';
import { projects } from '../../db/schema/projects.ts';
import { users } from '../../db/schema/users.ts';
import { containsText } from '../../db/text-search.ts';

export type VersionListQuery = RouteQuery<typeof customerAvatarRoutes.list>;

const creators = alias(users, 'creators');

interface VersionRow {
  readonly version: typeof avatars.$inferSelect;
  readonly avatar: typeof lineages.$inferSelect;
  readonly projectUuid: string;
  readonly creatorName: string | null;
}

function selectVersions(db: Queryable) {
  return db
    .select({ version: avatars, avatar: lineages, projectUuid: projects.uuid, creatorName: creators.name })
    .from(avatars)
    .innerJoin(lineages, eq(lineages.id, avatars.lineageId))
    .innerJoin(projects, eq(projects.id, avatars.projectId))
    .leftJoin(creators, eq(creators.id, avatars.createdByUserId));
}

/**
 * One version as the API returns it. Throws if it does not exist: the caller has found it in the
 * same transaction.
 */
export async function readVersionResponse(db: Queryable, versionUuid: VersionUuid): Promise<AvatarResponse> {
  const [row] = await selectVersions(db).where(eq(avatars.uuid, versionUuid));
  if (!row) throw new Error(`Version ${versionUuid} vanished`);
  return toAvatarResponse(row);
}

/** One page of a project's versions, and how many there are in total. */
export async function listVersionResponses(
  db: Queryable,
  projectId: number,
  query: VersionListQuery,
): Promise<{ avatars: AvatarResponse[]; total: number }> {
  const where = and(eq(avatars.projectId, projectId), ...listFilters(query));
  const rows = await selectVersions(db)
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

// Every order ends with the id, so that pages never overlap.
const LIST_ORDERS: Readonly<Record<VersionListQuery['sort'], SQL[]>> = {
  newest: [desc(avatars.createdAt), desc(avatars.id)],
  oldest: [asc(avatars.createdAt), asc(avatars.id)],
  name: [asc(sql`lower(${lineages.name})`), desc(avatars.version), asc(avatars.id)],
  size: [desc(avatars.fileSize), desc(avatars.id)],
};

function listFilters(query: VersionListQuery): (SQL | undefined)[] {
  return [
    query.trashed ? isNotNull(avatars.deletedAt) : notTrashed(),
    query.active === undefined ? undefined : eq(avatars.isActive, query.active),
    query.lineage_uuid === undefined ? undefined : eq(lineages.uuid, query.lineage_uuid),
    query.tag === undefined ? undefined : tagFilter(query.tag),
    query.q ? textFilter(query.q) : undefined,
  ];
}

/** In any spelling: see `shared/domain/tags.ts`. */
function tagFilter(tag: string): SQL {
  const folded = (text: SQL) => sql`lower(normalize(${text}, nfkc))`;
  return sql`exists (select from unnest(${lineages.tags}) as tag where ${folded(sql`tag`)} = ${folded(sql`${tag}::text`)})`;
}

function textFilter(text: string): SQL {
  const tags = sql`array_to_string(${lineages.tags}, ' ')`;
  const searched = [lineages.name, avatars.originalFilename, avatars.description, tags];
  return sql`(${sql.join(
    searched.map((column) => containsText(column, text)),
    sql` or `,
  )})`;
}

interface Pictured {
  readonly uuid: VersionUuid;
  readonly thumbnailSha256: string | null;
  readonly deletedAt: Date | null;
}

/**
 * The URL contains the picture's hash, so a cached picture can never be outdated. That of a version
 * in the trash says so, because its picture is served only then.
 */
export function thumbnailUrl({ uuid, thumbnailSha256, deletedAt }: Pictured): string | null {
  if (thumbnailSha256 === null) return null;
  const url = `/api/customer/avatars/${uuid}/thumbnail?v=${thumbnailSha256.slice(0, 16)}`;
  return deletedAt === null ? url : `${url}&trashed=true`;
}

function recheckOf({
  recheckedAt,
  uploadVerdict,
  uploadActivatable,
}: VersionRow['version']): AvatarResponse['recheck'] {
  if (recheckedAt === null || uploadVerdict === null || uploadActivatable === null) return null;
  return { at: recheckedAt.toISOString(), upload_verdict: uploadVerdict, upload_activatable: uploadActivatable };
}

function toAvatarResponse({ version, avatar, projectUuid, creatorName }: VersionRow): AvatarResponse {
  return {
    id: version.id,
    uuid: version.uuid,
    project_id: version.projectId,
    project_uuid: projectUuid,
    filename: version.filename,
    original_filename: version.originalFilename,
    file_size: version.fileSize,
    is_active: version.isActive,
    created_at: version.createdAt.toISOString(),
    updated_at: version.updatedAt?.toISOString() ?? null,
    lineage_uuid: avatar.uuid,
    version: version.version,
    name: avatar.name,
    tags: avatar.tags,
    description: version.description,
    created_by_user_id: version.createdByUserId,
    created_by_name: creatorName,
    sha256: version.sha256,
    container: version.container,
    verdict: version.verdict,
    activatable: version.activatable,
    issues: [...version.issues],
    recheck: recheckOf(version),
    manifest_id: version.manifestId,
    body_type: version.bodyType,
    thumbnail_url: thumbnailUrl(version),
    deleted_at: version.deletedAt?.toISOString() ?? null,
  };
}
