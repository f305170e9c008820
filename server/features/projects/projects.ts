import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { RouteQuery } from '../../../shared/api/define-route.ts';
import type { customerProjectRoutes, ProjectResponse } from '../../../shared/api/projects.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { findProject, lockProject, type PermittedProject } from '../../access/find-permitted.ts';
import { blobKeysOf } from '../../blobs/blob-keys.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import { queueJob } from '../../db/queue-job.ts';
import { avatars } from '../../db/schema/avatars.ts';
import { customers } from '../../db/schema/customers.ts';
import { projects } from '../../db/schema/projects.ts';
import { containsText } from '../../db/text-search.ts';
import { inTransaction } from '../../db/transactions.ts';
import { notFound, type ServiceFailure, type ServiceResult } from '../../failures/service-failure.ts';
import { recordAudit } from '../../history/record-audit.ts';
import { lockCustomer, recordChanges } from '../../history/record-changes.ts';
import { listProjectResponses, readProjectResponse } from './project-responses.ts';

type ProjectListQuery = RouteQuery<typeof customerProjectRoutes.list>;

/** One page of the projects that the caller may see; other customers' projects are not listed. */
export function listProjects(context: ServiceContext, caller: Caller, query: ProjectListQuery) {
  const filters: (SQL | undefined)[] = [
    caller.customerId === null ? undefined : eq(projects.customerId, caller.customerId),
    query.customer_uuid === undefined ? undefined : eq(customers.uuid, query.customer_uuid),
    query.q ? containsText(projects.name, query.q) : undefined,
  ];
  return listProjectResponses(context.db, { where: and(...filters), limit: query.limit, offset: query.offset });
}

/** One project. Failures: `not_found`. */
export async function getProject(
  context: ServiceContext,
  caller: Caller,
  uuid: string,
): ServiceResult<ProjectResponse> {
  const found = await findProject(context.db, { caller, action: 'read', uuid });
  return found.ok ? ok(await readProjectResponse(context.db, uuid)) : found;
}

/**
 * For administrators. Creates a project. Failures: `not_found` (customer), `project_name_taken`.
 */
export function createProject(
  context: ServiceContext,
  caller: Caller,
  input: { readonly customer_uuid: string; readonly name: string },
): ServiceResult<ProjectResponse> {
  return inTransaction(context.db, async (tx) => {
    const [customer] = await tx
      .select({ id: customers.id })
      .from(customers)
      .where(eq(customers.uuid, input.customer_uuid));
    if (!customer || !(await lockCustomer(tx, customer.id))) return fail(notFound('customer'));
    if (await isNameTaken(tx, customer.id, { name: input.name })) return fail(nameTaken(input.name));
    const [project] = await tx
      .insert(projects)
      .values({ customerId: customer.id, name: input.name })
      .returning({ uuid: projects.uuid });
    if (!project) throw new Error('The new project was not returned');
    await recordAudit(tx, [
      {
        action: 'project.created',
        actor: caller.email,
        customerUuid: input.customer_uuid,
        projectUuid: project.uuid,
        details: { name: input.name },
      },
    ]);
    await recordChanges(tx, customer.id, [{ entity: 'project', uuid: project.uuid }]);
    return ok(await readProjectResponse(tx, project.uuid));
  });
}

/** For administrators. Renames a project. Failures: `not_found`, `project_name_taken`. */
export function renameProject(
  context: ServiceContext,
  caller: Caller,
  input: { readonly uuid: string; readonly name: string },
): ServiceResult<ProjectResponse> {
  return inTransaction(context.db, async (tx) => {
    const found = await lockProject(tx, { caller, action: 'administer', uuid: input.uuid });
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
 * For administrators. Deletes a project with all its versions: the rows in one transaction, the
 * files by a job right after the commit. Failures: `not_found`.
 */
export function deleteProject(context: ServiceContext, caller: Caller, uuid: string): ServiceResult<null> {
  return inTransaction(context.db, async (tx) => {
    const found = await lockProject(tx, { caller, action: 'administer', uuid });
    if (!found.ok) return found;
    await removeProject(tx, caller, found.value);
    return ok(null);
  });
}

async function removeProject(tx: Transaction, caller: Caller, project: PermittedProject): Promise<void> {
  const versions = await tx.select({ uuid: avatars.uuid }).from(avatars).where(eq(avatars.projectId, project.id));
  await tx.delete(projects).where(eq(projects.id, project.id));
  if (versions.length > 0)
    await queueJob(tx, 'remove_blobs', { keys: versions.flatMap(({ uuid }) => blobKeysOf(uuid)) });
  await recordAudit(tx, [
    {
      action: 'project.deleted',
      actor: caller.email,
      customerUuid: project.customerUuid,
      projectUuid: project.uuid,
      details: { name: project.name, avatar_versions: versions.length },
    },
  ]);
  await recordChanges(tx, project.customerId, [
    ...versions.map(({ uuid }) => ({ entity: 'avatar' as const, uuid })),
    { entity: 'project', uuid: project.uuid },
  ]);
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
        wanted.exceptId === undefined ? undefined : ne(projects.id, wanted.exceptId),
      ),
    );
  return rows.length > 0;
}

const nameTaken = (name: string): ServiceFailure => ({
  code: 'project_name_taken',
  detail: `This customer already has a project named "${name}".`,
});
