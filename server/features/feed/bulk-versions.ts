import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { AvatarResponse } from '../../../shared/api/avatars.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import type { Queryable } from '../../db/database.ts';
import { avatars, lineages } from '../../db/schema/avatars.ts';
import { projects } from '../../db/schema/projects.ts';
import { users } from '../../db/schema/users.ts';

const creators = alias(users, 'creators');

/** Timestamps in the format of the API, so that no row needs a `Date`. */
const instant = (column: SQLWrapper): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The fields of a response as PostgreSQL selects them: a missing one does not compile. */
const FIELDS: Readonly<Record<keyof AvatarResponse, SQLWrapper>> = {
  id: avatars.id,
  uuid: avatars.uuid,
  project_id: avatars.projectId,
  project_uuid: projects.uuid,
  filename: avatars.filename,
  original_filename: avatars.originalFilename,
  file_size: avatars.fileSize,
  is_active: avatars.isActive,
  created_at: instant(avatars.createdAt),
  updated_at: instant(avatars.updatedAt),
  lineage_uuid: lineages.uuid,
  version: avatars.version,
  name: lineages.name,
  tags: lineages.tags,
  description: avatars.description,
  created_by_user_id: avatars.createdByUserId,
  created_by_name: creators.name,
  sha256: avatars.sha256,
  container: avatars.container,
  verdict: avatars.verdict,
  activatable: avatars.activatable,
  issues: avatars.issues,
  recheck: sql`case when ${avatars.recheckedAt} is not null then jsonb_build_object('at', ${instant(avatars.recheckedAt)},
    'upload_verdict', ${avatars.uploadVerdict}, 'upload_activatable', ${avatars.uploadActivatable}) end`,
  manifest_id: avatars.manifestId,
  body_type: avatars.bodyType,
  // The same URL as `thumbnailUrl` builds.
  thumbnail_url: sql`'/api/customer/avatars/' || ${avatars.uuid} || '/thumbnail?v=' || left(${avatars.thumbnailSha256}, 16)
    || case when ${avatars.deletedAt} is null then '' else '&trashed=true' end`,
  deleted_at: instant(avatars.deletedAt),
};

const COLUMNS = sql.join(
  Object.entries(FIELDS).map(([name, field]) => sql`${field} as ${sql.identifier(name)}`),
  sql`, `,
);

/**
 * Those of the versions that exist, by UUID: the same as `readVersionResponse` for each, but for
 * thousands at once. A first sync reads a hundred thousand versions; mapping each row field by
 * field took most of that time.
 */
export async function readVersionsInBulk(
  db: Queryable,
  versionUuids: readonly VersionUuid[],
): Promise<ReadonlyMap<VersionUuid, AvatarResponse>> {
  if (versionUuids.length === 0) return new Map();
  const { rows } = await db.execute<AvatarResponse & Record<string, unknown>>(sql`
    select ${COLUMNS} from ${avatars}
    join ${lineages} on ${lineages.id} = ${avatars.lineageId}
    join ${projects} on ${projects.id} = ${avatars.projectId}
    left join ${users} as ${sql.identifier('creators')} on ${creators.id} = ${avatars.createdByUserId}
    where ${avatars.uuid} = any(${sql.param(versionUuids)}::uuid[])`);
  return new Map(rows.map((row) => [row.uuid, row]));
}
