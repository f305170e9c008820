import { sql } from 'drizzle-orm';
import type { StorageUse } from '../../../shared/api/storage.ts';
import type { StorageLimits } from '../../context.ts';
import type { Queryable } from '../../db/database.ts';
import { avatars } from '../../db/schema/avatars.ts';
import { customers } from '../../db/schema/customers.ts';
import { projects } from '../../db/schema/projects.ts';
import { uploadSessions } from '../../db/schema/upload-sessions.ts';

/** Where an upload goes, and whose it is. */
export interface StoragePlace {
  readonly customerId: number;
  readonly projectId: number;
  readonly userId: number;
}

/** What is used of each quota, open uploads included, and how many of them the user has. */
export interface PlaceUse {
  readonly customer: StorageUse;
  readonly project: StorageUse;
  readonly user: StorageUse;
  readonly openUploads: number;
}

/** Each version and each open upload of a customer, with its project. */
export const CUSTOMER_FILES = sql`(
  select ${projects.customerId} as customer_id, ${avatars.projectId} as project_id, ${avatars.fileSize} as size
  from ${avatars} join ${projects} on ${projects.id} = ${avatars.projectId}
  union all
  select ${projects.customerId}, ${uploadSessions.projectId}, ${uploadSessions.fileSize}
  from ${uploadSessions} join ${projects} on ${projects.id} = ${uploadSessions.projectId}) as files`;

const FILES_OF_USER = (userId: number) => sql`(
  select ${avatars.fileSize} as size, 0 as is_open from ${avatars} where ${avatars.createdByUserId} = ${userId}
  union all
  select ${uploadSessions.fileSize}, 1 from ${uploadSessions} where ${uploadSessions.userId} = ${userId}) as own_files`;

interface UseRow extends Record<string, unknown> {
  readonly customer: string;
  readonly project: string;
  readonly own: string;
  readonly open_uploads: string;
  readonly customer_quota: string | null;
  readonly project_quota: string | null;
}

/** Reads all of it in one statement, so that the numbers belong together. */
export async function readUse(db: Queryable, place: StoragePlace, limits: StorageLimits): Promise<PlaceUse> {
  const { customerId, projectId, userId } = place;
  const { rows } = await db.execute<UseRow>(sql`
    with customer_use as (
      select coalesce(sum(size), 0) as customer, coalesce(sum(size) filter (where project_id = ${projectId}), 0) as project
      from ${CUSTOMER_FILES} where customer_id = ${customerId}),
    own_use as (
      select coalesce(sum(size), 0) as own, coalesce(sum(is_open), 0) as open_uploads from ${FILES_OF_USER(userId)})
    select *, (select quota_bytes from ${customers} where id = ${customerId}) as customer_quota,
      (select quota_bytes from ${projects} where id = ${projectId}) as project_quota
    from customer_use, own_use`);
  const [row] = rows;
  if (!row) throw new Error('PostgreSQL did not return the use of the storage');
  return {
    customer: toStorageUse(row.customer, row.customer_quota, limits.customerBytes),
    project: toStorageUse(row.project, row.project_quota, limits.projectBytes),
    user: toStorageUse(row.own, null, limits.userBytes),
    openUploads: Number(row.open_uploads),
  };
}

/** `bigint` arrives as text; the sums are far below what a number holds exactly. */
export function toStorageUse(used: string, quota: string | null, defaultBytes: number | null): StorageUse {
  return { used_bytes: Number(used), quota_bytes: quota === null ? defaultBytes : Number(quota) };
}

/** The bytes that all open uploads of this server may still need. */
export async function readAnnouncedBytes(db: Queryable): Promise<number> {
  const { rows } = await db.execute<{ readonly announced: string }>(
    sql`select coalesce(sum(${uploadSessions.fileSize}), 0) as announced from ${uploadSessions}`,
  );
  return Number(rows[0]?.announced ?? 0);
}
