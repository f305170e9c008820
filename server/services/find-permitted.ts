import { eq } from 'drizzle-orm';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { avatars, lineages } from '../db/schema/avatars.ts';
import { customers } from '../db/schema/customers.ts';
import { projects } from '../db/schema/projects.ts';
import { type AccessAction, decideAccess } from './access-policy.ts';
import type { Caller } from './caller.ts';
import { lockCustomer } from './change-log.ts';
import { type ApiFailure, forbidden, notFound } from './service-failure.ts';

export interface ProjectResource {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly customerId: number;
  readonly customerUuid: string;
}

export interface AvatarResource {
  readonly project: ProjectResource;
  readonly avatar: typeof avatars.$inferSelect;
  readonly lineage: typeof lineages.$inferSelect;
}

/** What a caller wants with something that is named by its uuid. */
export interface Intent<Uuid extends string = string> {
  readonly caller: Caller;
  readonly action: AccessAction;
  readonly uuid: Uuid;
}

type Found<Resource> = Promise<Result<Resource, ApiFailure>>;

const projectColumns = {
  id: projects.id,
  uuid: projects.uuid,
  name: projects.name,
  customerId: projects.customerId,
  customerUuid: customers.uuid,
};

/** A project that the caller may do this with. Failures: `not_found`, `forbidden`. */
export async function findProject(db: Queryable, intent: Intent): Found<ProjectResource> {
  const [row] = await db
    .select(projectColumns)
    .from(projects)
    .innerJoin(customers, eq(customers.id, projects.customerId))
    .where(eq(projects.uuid, intent.uuid));
  return permitted(intent, 'project', row && { resource: row, customerId: row.customerId });
}

/** An avatar version that the caller may do this with, trashed ones included. Failures: `not_found`, `forbidden`. */
export async function findAvatar(db: Queryable, intent: Intent<VersionUuid>): Found<AvatarResource> {
  const [row] = await db
    .select({ project: projectColumns, avatar: avatars, lineage: lineages })
    .from(avatars)
    .innerJoin(lineages, eq(lineages.id, avatars.lineageId))
    .innerJoin(projects, eq(projects.id, avatars.projectId))
    .innerJoin(customers, eq(customers.id, projects.customerId))
    .where(eq(avatars.uuid, intent.uuid));
  return permitted(intent, 'avatar', row && { resource: row, customerId: row.project.customerId });
}

/** Like `findProject`, and from now on nobody else writes to this customer's things. */
export async function lockProject(tx: Transaction, intent: Intent): Found<ProjectResource> {
  const found = await findProject(tx, intent);
  if (!found.ok) return found;
  await lockCustomer(tx, found.value.customerId);
  // It may have gone while we waited for the lock.
  return findProject(tx, intent);
}

/** Like `findAvatar`, and from now on nobody else writes to this customer's things. */
export async function lockAvatar(tx: Transaction, intent: Intent<VersionUuid>): Found<AvatarResource> {
  const found = await findAvatar(tx, intent);
  if (!found.ok) return found;
  await lockCustomer(tx, found.value.project.customerId);
  return findAvatar(tx, intent);
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
  { caller, action }: Intent,
  what: string,
  owned: Owned<Resource> | undefined,
): Result<Resource, ApiFailure> {
  if (owned === undefined) return fail(notFound(what));
  const decision = decideAccess(caller, action, owned.customerId);
  if (decision === 'not-found') return fail(notFound(what));
  return decision === 'allow' ? ok(owned.resource) : fail(forbidden(VERBS[action]));
}
