import { eq } from 'drizzle-orm';
import type { StorageUse } from '../../../shared/api/storage.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { lockProject } from '../../access/find-permitted.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import { customers } from '../../db/schema/customers.ts';
import { projects } from '../../db/schema/projects.ts';
import { inTransaction } from '../../db/transactions.ts';
import { notFound, type ServiceResult } from '../../failures/service-failure.ts';
import { recordAudit } from '../../history/record-audit.ts';
import { lockCustomer, recordChanges } from '../../history/record-changes.ts';
import { readUse } from './storage-use.ts';

type StorageContext = Pick<ServiceContext, 'db' | 'storageLimits'>;

/** No user has this ID: for reading what a place uses, for everybody alike. */
const NOBODY = 0;

/**
 * Sets how many bytes a project may store; null: as many as the settings say. What is there already
 * stays. Returns the use. Failures: `not_found`, `forbidden`.
 */
export function setProjectQuota(
  context: StorageContext,
  caller: Caller,
  { uuid, quotaBytes }: { readonly uuid: string; readonly quotaBytes: number | null },
): ServiceResult<StorageUse> {
  return inTransaction(context.db, async (tx) => {
    const found = await lockProject(tx, { caller, action: 'manage-projects', uuid });
    return found.ok ? ok(await changeProject(context, tx, { ...found.value, actor: caller.email, quotaBytes })) : found;
  });
}

/** The same, by an operator: the project with this UUID. Failure: `not_found`. */
export function setProjectQuotaOf(
  context: StorageContext,
  uuid: string,
  quotaBytes: number | null,
): ServiceResult<StorageUse> {
  return inTransaction(context.db, async (tx) => {
    const [project] = await tx
      .select({ id: projects.id, uuid: projects.uuid, name: projects.name, customerId: projects.customerId })
      .from(projects)
      .where(eq(projects.uuid, uuid));
    if (!project || !(await lockCustomer(tx, project.customerId))) return fail(notFound('project'));
    const [owner] = await tx
      .select({ uuid: customers.uuid })
      .from(customers)
      .where(eq(customers.id, project.customerId));
    const customerUuid = owner?.uuid ?? '';
    return ok(await changeProject(context, tx, { ...project, customerUuid, actor: null, quotaBytes }));
  });
}

interface ProjectChange {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly customerId: number;
  readonly customerUuid: string;
  readonly actor: string | null;
  readonly quotaBytes: number | null;
}

async function changeProject({ storageLimits }: StorageContext, tx: Transaction, project: ProjectChange) {
  const { id, uuid, name, customerId, customerUuid, actor, quotaBytes } = project;
  const [before] = await tx.select({ quotaBytes: projects.quotaBytes }).from(projects).where(eq(projects.id, id));
  await tx.update(projects).set({ quotaBytes }).where(eq(projects.id, id));
  const details = { name, from: before?.quotaBytes ?? null, to: quotaBytes };
  await recordAudit(tx, [{ action: 'project.quota_changed', actor, customerUuid, projectUuid: uuid, details }]);
  // Clients with uploads that did not fit learn that they may fit now.
  await recordChanges(tx, customerId, [{ entity: 'project', uuid }]);
  return (await readUse(tx, { customerId, projectId: id, userId: NOBODY }, storageLimits)).project;
}

/** Names a customer by what the caller has: routes by UUID, operators by slug. */
export type CustomerKey = { readonly uuid: string } | { readonly slug: string };

/**
 * Sets how many bytes a customer may store; null: as many as the settings say. For administrators,
 * and operators (`actor` null). Returns the use. Failure: `not_found`.
 */
export function setCustomerQuota(
  context: StorageContext,
  actor: string | null,
  { customer: key, quotaBytes }: { readonly customer: CustomerKey; readonly quotaBytes: number | null },
): ServiceResult<StorageUse> {
  return inTransaction(context.db, async (tx) => {
    const isWanted = 'uuid' in key ? eq(customers.uuid, key.uuid) : eq(customers.slug, key.slug);
    const [customer] = await tx.select().from(customers).where(isWanted);
    if (!customer || !(await lockCustomer(tx, customer.id))) return fail(notFound('customer'));
    const { id, uuid, name, quotaBytes: from } = customer;
    await tx.update(customers).set({ quotaBytes }).where(eq(customers.id, id));
    const details = { name, from, to: quotaBytes };
    await recordAudit(tx, [{ action: 'customer.quota_changed', actor, customerUuid: uuid, details }]);
    await announceToProjects(tx, id);
    return ok(
      (await readUse(tx, { customerId: id, projectId: NOBODY, userId: NOBODY }, context.storageLimits)).customer,
    );
  });
}

async function announceToProjects(tx: Transaction, customerId: number): Promise<void> {
  const rows = await tx.select({ uuid: projects.uuid }).from(projects).where(eq(projects.customerId, customerId));
  await recordChanges(
    tx,
    customerId,
    rows.map(({ uuid }) => ({ entity: 'project', uuid })),
  );
}
