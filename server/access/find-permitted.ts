import { eq } from 'drizzle-orm';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { avatars, lineages } from '../db/schema/avatars.ts';
import { customers } from '../db/schema/customers.ts';
import { projects } from '../db/schema/projects.ts';
import { forbidden, notFound, type ServiceFailure, type ServiceResult } from '../failures/service-failure.ts';
import { lockCustomer } from '../history/record-changes.ts';
import { type AccessAction, decideAccess } from './access-policy.ts';
import type { Caller } from './caller.ts';

export interface PermittedProject {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly customerId: number;
  readonly customerUuid: string;
}

export interface PermittedVersion {
  readonly project: PermittedProject;
  readonly version: typeof avatars.$inferSelect;
  readonly avatar: typeof lineages.$inferSelect;
}

/** What a caller wants to do with the project or version that `uuid` names. */
export interface AccessRequest<Uuid extends string = string> {
  readonly caller: Caller;
  readonly action: AccessAction;
  readonly uuid: Uuid;
}

const projectColumns = {
  id: projects.id,
  uuid: projects.uuid,
  name: projects.name,
  customerId: projects.customerId,
  customerUuid: customers.uuid,
};

/** The project, if the caller may do this with it. Failures: `not_found`, `forbidden`. */
export async function findProject(db: Queryable, access: AccessRequest): ServiceResult<PermittedProject> {
  const [row] = await db
    .select(projectColumns)
    .from(projects)
    .innerJoin(customers, eq(customers.id, projects.customerId))
    .where(eq(projects.uuid, access.uuid));
  return permitted(access, 'project', row && { resource: row, customerId: row.customerId });
}

/**
 * The version, trashed or not, if the caller may do this with it. Failures: `not_found`,
 * `forbidden`.
 */
export async function findVersion(db: Queryable, access: AccessRequest<VersionUuid>): ServiceResult<PermittedVersion> {
  const [row] = await db
    .select({ project: projectColumns, version: avatars, avatar: lineages })
    .from(avatars)
    .innerJoin(lineages, eq(lineages.id, avatars.lineageId))
    .innerJoin(projects, eq(projects.id, avatars.projectId))
    .innerJoin(customers, eq(customers.id, projects.customerId))
    .where(eq(avatars.uuid, access.uuid));
  return permitted(access, 'avatar', row && { resource: row, customerId: row.project.customerId });
}

/**
 * Like `findProject`, and locks the customer: until the transaction ends nobody else writes to its
 * data.
 */
export async function lockProject(tx: Transaction, access: AccessRequest): ServiceResult<PermittedProject> {
  const found = await findProject(tx, access);
  if (!found.ok) return found;
  await lockCustomer(tx, found.value.customerId);
  // It may have been deleted while this transaction waited for the lock.
  return findProject(tx, access);
}

/**
 * Like `findVersion`, and locks the customer: until the transaction ends nobody else writes to its
 * data.
 */
export async function lockVersion(
  tx: Transaction,
  access: AccessRequest<VersionUuid>,
): ServiceResult<PermittedVersion> {
  const found = await findVersion(tx, access);
  if (!found.ok) return found;
  await lockCustomer(tx, found.value.project.customerId);
  return findVersion(tx, access);
}

const VERBS: Readonly<Record<AccessAction, string>> = {
  read: 'see this',
  upload: 'upload avatars',
  edit: 'edit avatars',
  activate: 'choose the active avatar',
  delete: 'delete avatars',
  restore: 'restore avatars',
  administer: 'administer',
};

interface Owned<Resource> {
  readonly resource: Resource;
  readonly customerId: number;
}

function permitted<Resource>(
  { caller, action }: AccessRequest,
  what: string,
  owned: Owned<Resource> | undefined,
): Result<Resource, ServiceFailure> {
  if (owned === undefined) return fail(notFound(what));
  const decision = decideAccess(caller, action, owned.customerId);
  if (decision === 'not-found') return fail(notFound(what));
  return decision === 'allow' ? ok(owned.resource) : fail(forbidden(VERBS[action]));
}
