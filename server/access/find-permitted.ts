import { eq } from 'drizzle-orm';
import { type AccessAction, decideAccess, isWithinLimits } from '../../shared/domain/access-policy.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { avatars, lineages } from '../db/schema/avatars.ts';
import { customers } from '../db/schema/customers.ts';
import { projects } from '../db/schema/projects.ts';
import {
  forbidden,
  forbiddenToToken,
  notFound,
  type ServiceFailure,
  type ServiceResult,
} from '../failures/service-failure.ts';
import { lockCustomer } from '../history/record-changes.ts';
import type { Caller } from './caller.ts';

export interface PermittedProject {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly customerId: number;
  readonly customerUuid: string;
  /** When the project was moved to the trash; null if it is not there. */
  readonly deletedAt: Date | null;
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
  deletedAt: projects.deletedAt,
};

/** The project, if the caller may do this with it. Failures: `not_found`, `forbidden`. */
export async function findProject(db: Queryable, access: AccessRequest): ServiceResult<PermittedProject> {
  const [row] = await db
    .select(projectColumns)
    .from(projects)
    .innerJoin(customers, eq(customers.id, projects.customerId))
    .where(eq(projects.uuid, access.uuid));
  return permitted(access, 'project', row && { resource: row, project: row });
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
  return permitted(access, 'avatar', row && { resource: row, project: row.project });
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
  'manage-projects': 'manage projects',
  'manage-people': 'manage people',
  administer: 'administer',
};

/** Why the caller, who sees the thing, may not do this with it. */
const refusalOf = (caller: Caller, action: AccessAction): ServiceFailure =>
  isWithinLimits(caller, action) ? forbidden(VERBS[action]) : forbiddenToToken(action);

/**
 * Whether the caller may do this, too, with a project that was found for something else. Failure:
 * `forbidden`.
 */
export function requireAction(
  caller: Caller,
  action: AccessAction,
  { id, customerId }: PermittedProject,
): Result<null, ServiceFailure> {
  const decision = decideAccess(caller, action, { customer: customerId, project: id });
  return decision === 'allow' ? ok(null) : fail(refusalOf(caller, action));
}

interface Owned<Resource> {
  readonly resource: Resource;
  readonly project: PermittedProject;
}

function permitted<Resource>(
  { caller, action }: AccessRequest,
  what: string,
  owned: Owned<Resource> | undefined,
): Result<Resource, ServiceFailure> {
  if (owned === undefined) return fail(notFound(what));
  const decision = decideAccess(caller, action, { customer: owned.project.customerId, project: owned.project.id });
  // The response is the same as for something that does not exist.
  if (decision === 'not-found') return fail({ ...notFound(what), isRefusedAccess: true });
  if (decision === 'forbidden') return fail(refusalOf(caller, action));
  return owned.project.deletedAt !== null && !IN_TRASHED_PROJECTS.includes(action)
    ? fail(projectTrashed(owned.project))
    : ok(owned.resource);
}

/** What may be done to a project in the trash, and to its avatars. */
const IN_TRASHED_PROJECTS: readonly AccessAction[] = ['read', 'manage-projects'];

const projectTrashed = ({ name }: PermittedProject): ServiceFailure => ({
  code: 'project_trashed',
  detail: `The project "${name}" is in the trash.`,
});

/** The customer as a whole, if the caller may do this for it. Failures: `not_found`, `forbidden`. */
export async function findCustomer(
  db: Queryable,
  { caller, action, uuid }: AccessRequest,
): ServiceResult<typeof customers.$inferSelect> {
  const [row] = await db.select().from(customers).where(eq(customers.uuid, uuid));
  if (!row) return fail(notFound('customer'));
  const decision = decideAccess(caller, action, { customer: row.id, project: null });
  if (decision === 'not-found') return fail({ ...notFound('customer'), isRefusedAccess: true });
  return decision === 'allow' ? ok(row) : fail(refusalOf(caller, action));
}
