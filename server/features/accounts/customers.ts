import { asc, count, eq } from 'drizzle-orm';
import type { listCustomers } from '../../../shared/api/administration.ts';
import type { RouteQuery, RouteResponse } from '../../../shared/api/define-route.ts';
import type { ServiceContext } from '../../context.ts';
import { customers } from '../../db/schema/customers.ts';
import { projects } from '../../db/schema/projects.ts';

/**
 * One page of the customers by name, and how many there are in total. The route admits
 * administrators only.
 */
export async function readCustomers(
  { db }: ServiceContext,
  query: RouteQuery<typeof listCustomers>,
): Promise<RouteResponse<typeof listCustomers>> {
  const rows = await db
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
    .orderBy(asc(customers.name), asc(customers.id))
    .limit(query.limit)
    .offset(query.offset);
  const [counted] = await db.select({ total: count() }).from(customers);
  return { customers: rows, total: counted?.total ?? 0 };
}
