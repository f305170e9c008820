import { type AccessAction, decideAccess } from '../../../shared/domain/access-policy.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { fail } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { findVersion, type PermittedVersion } from '../../access/find-permitted.ts';
import type { Queryable } from '../../db/database.ts';
import { notFound, type ServiceResult } from '../../failures/service-failure.ts';

export interface ReadRequest {
  readonly uuid: VersionUuid;
  /** Whether the caller has asked for a version in the trash. */
  readonly trashed: boolean;
}

/**
 * A version whose bytes, picture and summary the caller may read. Those of a version in the trash,
 * or in a project in the trash, are served only to those who may restore it, and only on request.
 * Failure: `not_found`.
 */
export async function findReadable(
  db: Queryable,
  caller: Caller,
  { uuid, trashed }: ReadRequest,
): ServiceResult<PermittedVersion> {
  const found = await findVersion(db, { caller, action: 'read', uuid });
  if (!found.ok) return found;
  const { version, project } = found.value;
  const place = { customer: project.customerId, project: project.id };
  const needed: AccessAction[] = [];
  if (version.deletedAt !== null) needed.push('restore');
  if (project.deletedAt !== null) needed.push('manage-projects');
  if (needed.length === 0) return found;
  const mayRestore = needed.every((action) => decideAccess(caller, action, place) === 'allow');
  return trashed && mayRestore ? found : fail(notFound('avatar'));
}
