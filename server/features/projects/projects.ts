import { and, eq, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { RouteQuery } from '../../../shared/api/define-route.ts';
import type { customerProjectRoutes, ProjectResponse } from '../../../shared/api/projects.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { findCustomer, findProject, lockProject } from '../../access/find-permitted.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import { customers } from '../../db/schema/customers.ts';
import { projects } from '../../db/schema/projects.ts';
import { containsText } from '../../db/text-search.ts';
import { inTransaction } from '../../db/transactions.ts';
import { notFound, type ServiceFailure, type ServiceResult } from '../../failures/service-failure.ts';
import { recordAudit } from '../../history/record-audit.ts';
import { lockCustomer, recordChanges } from '../../history/record-changes.ts';
import { listProjectResponses, readProjectResponse } from './project-responses.ts';
import { removeProject } from './remove-project.ts';

type ProjectListQuery = RouteQuery<typeof customerProjectRoutes.list>;

/** One page of the projects that the caller may see; other customers' projects are not listed. */
export function listProjects(context: ServiceContext, caller: Caller, query: ProjectListQuery) {
  const filters: (SQL | undefined)[] = [
    visibleTo(caller),
    query.trashed ? isNotNull(projects.deletedAt) : isNull(projects.deletedAt),
    query.customer_uuid === undefined ? undefined : eq(customers.uuid, query.customer_uuid),
    query.q ? containsText(projects.name, query.q) : undefined,
  ];
  return listProjectResponses(context.db, { where: and(...filters), limit: query.limit, offset: query.offset });
}

/** Selects the projects that the caller may see; undefined selects all. */
function visibleTo({ isAdmin, memberships }: Caller): SQL | undefined {
  if (isAdmin) return undefined;
  const whole = memberships.flatMap((one) => (one.project === null ? [one.customer] : []));
  const single = memberships.flatMap((one) => one.project ?? []);
  return or(inArray(projects.customerId, whole), inArray(projects.id, single));
}

/** One project, trashed or not. Failures: `not_found`. */
export async function getProject(
  context: ServiceContext,
  caller: Caller,
  uuid: string,
): ServiceResult<ProjectResponse> {
  const found = await findProject(context.db, { caller, action: 'read', uuid });
  return found.ok ? ok(await readProjectResponse(context.db, uuid)) : found;
}

/**
 * Creates a project. Failures: `not_found` (customer), `forbidden`, `project_name_taken`.
 */
export function createProject(
  context: ServiceContext,
  caller: Caller,
  input: { readonly customer_uuid: string; readonly name: string },
): ServiceResult<ProjectResponse> {
  return inTransaction(context.db, async (tx) => {
    const customer = await findCustomer(tx, { caller, action: 'manage-projects', uuid: input.customer_uuid });
    if (!customer.ok) return customer;
    const { id: customerId, uuid: customerUuid } = customer.value;
    if (!(await lockCustomer(tx, customerId))) return fail(notFound('customer'));
    if (await isNameTaken(tx, customerId, { name: input.name })) return fail(nameTaken(input.name));
    const [project] = await tx
      .insert(projects)
      .values({ customerId, name: input.name })
      .returning({ uuid: projects.uuid });
    if (!project) throw new Error('The new project was not returned');
    await recordAudit(tx, [
      {
        action: 'project.created',
        actor: caller.email,
        customerUuid,
        projectUuid: project.uuid,
        details: { name: input.name },
      },
    ]);
    await recordChanges(tx, customerId, [{ entity: 'project', uuid: project.uuid }]);
    return ok(await readProjectResponse(tx, project.uuid));
  });
}

/** Renames a project. Failures: `not_found`, `forbidden`, `project_name_taken`. */
export function renameProject(
  context: ServiceContext,
  caller: Caller,
  input: { readonly uuid: string; readonly name: string },
): ServiceResult<ProjectResponse> {
  return inTransaction(context.db, async (tx) => {
    const found = await lockProject(tx, { caller, action: 'manage-projects', uuid: input.uuid });
    if (!found.ok) return found;
    const project = found.value;
    if (await isNameTaken(tx, project.customerId, { name: input.name, exceptId: project.id })) {
      return fail(nameTaken(input.name));
    }
    await tx.update(projects).set({ name: input.name, updatedAt: new Date() }).where(eq(projects.id, project.id));
    await recordAudit(tx, [
      {
        action: 'project.renamed',
        actor: caller.email,
        customerUuid: project.customerUuid,
        projectUuid: project.uuid,
        details: { from: project.name, to: input.name },
      },
    ]);
    await recordChanges(tx, project.customerId, [{ entity: 'project', uuid: project.uuid }]);
    return ok(await readProjectResponse(tx, project.uuid));
  });
}

/**
 * Moves a project with all its avatars to the trash: it is no longer listed, its files are served
 * only to those who ask for the trash, and its name is free. It is purged like trashed versions. A
 * project that is there already stays as it is. Failures: `not_found`, `forbidden`.
 */
export function trashProject(context: ServiceContext, caller: Caller, uuid: string): ServiceResult<ProjectResponse> {
  return setTrashed(context, caller, { uuid, isTrashed: true });
}

/**
 * Restores a project from the trash, with the active version that it had. Failures: `not_found`,
 * `forbidden`, `project_name_taken` (another project has the name by now).
 */
export function restoreProject(context: ServiceContext, caller: Caller, uuid: string): ServiceResult<ProjectResponse> {
  return setTrashed(context, caller, { uuid, isTrashed: false });
}

function setTrashed(
  context: ServiceContext,
  caller: Caller,
  { uuid, isTrashed }: { readonly uuid: string; readonly isTrashed: boolean },
): ServiceResult<ProjectResponse> {
  return inTransaction(context.db, async (tx) => {
    const found = await lockProject(tx, { caller, action: 'manage-projects', uuid });
    if (!found.ok) return found;
    const { id, name, customerId, customerUuid, deletedAt } = found.value;
    if ((deletedAt !== null) === isTrashed) return ok(await readProjectResponse(tx, uuid));
    if (!isTrashed && (await isNameTaken(tx, customerId, { name }))) return fail(nameTaken(name));
    const trashed = isTrashed ? { deletedAt: sql`now()`, deletedByUserId: caller.userId } : NOT_TRASHED;
    await tx
      .update(projects)
      .set({ ...trashed, updatedAt: new Date() })
      .where(eq(projects.id, id));
    const action = isTrashed ? 'project.trashed' : 'project.restored';
    await recordAudit(tx, [{ action, actor: caller.email, customerUuid, projectUuid: uuid, details: { name } }]);
    await recordChanges(tx, customerId, [{ entity: 'project', uuid }]);
    return ok(await readProjectResponse(tx, uuid));
  });
}

const NOT_TRASHED = { deletedAt: null, deletedByUserId: null };

/**
 * For administrators. Deletes a project with all its versions: the rows in one transaction, the
 * files by a job right after the commit. Failures: `not_found`.
 */
export function deleteProject(context: ServiceContext, caller: Caller, uuid: string): ServiceResult<null> {
  return inTransaction(context.db, async (tx) => {
    const found = await lockProject(tx, { caller, action: 'administer', uuid });
    if (!found.ok) return found;
    await removeProject(tx, found.value, { action: 'project.deleted', actor: caller.email });
    return ok(null);
  });
}

async function isNameTaken(
  tx: Transaction,
  customerId: number,
  wanted: { readonly name: string; readonly exceptId?: number },
): Promise<boolean> {
  const rows = await tx
    .select({ id: projects.id })
    .from(projects)
    .where(
      and(
        eq(projects.customerId, customerId),
        eq(sql`lower(${projects.name})`, sql`lower(${wanted.name})`),
        isNull(projects.deletedAt),
        wanted.exceptId === undefined ? undefined : ne(projects.id, wanted.exceptId),
      ),
    );
  return rows.length > 0;
}

const nameTaken = (name: string): ServiceFailure => ({
  code: 'project_name_taken',
  detail: `This customer already has a project named "${name}".`,
});
