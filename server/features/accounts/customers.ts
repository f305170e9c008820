import { asc, count, eq, sql } from 'drizzle-orm';
import type { CustomerResponse, createCustomer as createRoute, listCustomers } from '../../../shared/api/customers.ts';
import type { RouteBody, RouteQuery, RouteResponse } from '../../../shared/api/define-route.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import type { ServiceContext } from '../../context.ts';
import type { Queryable } from '../../db/database.ts';
import { customers } from '../../db/schema/customers.ts';
import { projects } from '../../db/schema/projects.ts';
import { inTransaction } from '../../db/transactions.ts';
import { notFound, type ServiceResult } from '../../failures/service-failure.ts';
import { recordAudit } from '../../history/record-audit.ts';
import { lockCustomer, recordChanges } from '../../history/record-changes.ts';

const selectCustomers = (db: Queryable) =>
  db
    .select({
      id: customers.id,
      uuid: customers.uuid,
      slug: customers.slug,
      name: customers.name,
      project_count: count(projects.id),
    })
    .from(customers)
    .leftJoin(projects, eq(projects.customerId, customers.id))
    .groupBy(customers.id)
    .$dynamic();

/**
 * One page of the customers by name, and how many there are in total. The route admits
 * administrators only.
 */
export async function readCustomers(
  { db }: ServiceContext,
  query: RouteQuery<typeof listCustomers>,
): Promise<RouteResponse<typeof listCustomers>> {
  const rows = await selectCustomers(db)
    .orderBy(asc(customers.name), asc(customers.id))
    .limit(query.limit)
    .offset(query.offset);
  const [counted] = await db.select({ total: count() }).from(customers);
  return { customers: rows, total: counted?.total ?? 0 };
}

/** For administrators, and operators (`actor` null). Failure: `slug_taken`. */
export function createCustomer(
  context: Pick<ServiceContext, 'db'>,
  actor: string | null,
  { name, slug }: RouteBody<typeof createRoute>,
): ServiceResult<CustomerResponse> {
  return inTransaction(context.db, async (tx) => {
    const wanted = slug ?? slugFrom(name);
    const [customer] = await tx.insert(customers).values({ name, slug: wanted }).onConflictDoNothing().returning();
    if (!customer) return fail({ code: 'slug_taken', detail: `There already is a customer "${wanted}".` });
    const { id, uuid } = customer;
    await recordAudit(tx, [{ action: 'customer.created', actor, customerUuid: uuid, details: { name, slug: wanted } }]);
    return ok({ id, uuid, slug: wanted, name, project_count: 0 });
  });
}

/** Letters and digits of the name, in lower case; `customer` if it has none that a slug may have. */
function slugFrom(name: string): string {
  const plain = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+/, '');
  return slug.slice(0, MAX_SLUG_CHARS).replace(/-+$/, '') || 'customer';
}

const MAX_SLUG_CHARS = 63;

/** For administrators. Failure: `not_found`. */
export function renameCustomer(
  context: ServiceContext,
  caller: Caller,
  { uuid, name }: { readonly uuid: string; readonly name: string },
): ServiceResult<CustomerResponse> {
  return inTransaction(context.db, async (tx) => {
    const [customer] = await tx.select().from(customers).where(eq(customers.uuid, uuid));
    if (!customer || !(await lockCustomer(tx, customer.id))) return fail(notFound('customer'));
    await tx.update(customers).set({ name }).where(eq(customers.id, customer.id));
    const renamedProjects = await tx
      .select({ uuid: projects.uuid })
      .from(projects)
      .where(eq(projects.customerId, customer.id));
    // Projects carry the name of their customer.
    await recordChanges(
      tx,
      customer.id,
      renamedProjects.map((project) => ({ entity: 'project', uuid: project.uuid })),
    );
    const details = { from: customer.name, to: name };
    await recordAudit(tx, [{ action: 'customer.renamed', actor: caller.email, customerUuid: uuid, details }]);
    const [renamed] = await selectCustomers(tx).where(sql`${customers.id} = ${customer.id}`);
    if (!renamed) throw new Error(`Customer ${uuid} vanished`);
    return ok(renamed);
  });
}
