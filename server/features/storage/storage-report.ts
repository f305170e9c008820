import { asc, count, desc, eq, sql } from 'drizzle-orm';
import type { RouteResponse } from '../../../shared/api/define-route.ts';
import type { listStorage } from '../../../shared/api/storage.ts';
import type { ServiceContext } from '../../context.ts';
import { customers } from '../../db/schema/customers.ts';
import { CUSTOMER_FILES, toStorageUse } from './storage-use.ts';

/**
 * One page of the customers with what they store, the largest first. For administrators and
 * operators.
 */
export async function readStorageReport(
  { db, storageLimits }: Pick<ServiceContext, 'db' | 'storageLimits'>,
  page: { readonly limit: number; readonly offset: number },
): Promise<RouteResponse<typeof listStorage>> {
  const used = db
    .select({
      customerId: sql<number>`customer_id`.as('customer_id'),
      bytes: sql<string>`sum(size)`.as('bytes'),
    })
    .from(CUSTOMER_FILES)
    .groupBy(sql`customer_id`)
    .as('used');
  const bytes = sql<string>`coalesce(${used.bytes}, 0)`;
  const rows = await db
    .select({ customer: customers, bytes })
    .from(customers)
    .leftJoin(used, eq(used.customerId, customers.id))
    .orderBy(desc(bytes), asc(customers.name), asc(customers.id))
    .limit(page.limit)
    .offset(page.offset);
  const [counted] = await db.select({ total: count() }).from(customers);
  return {
    customers: rows.map(({ customer, bytes: usedBytes }) => ({
      customer_uuid: customer.uuid,
      slug: customer.slug,
      name: customer.name,
      ...toStorageUse(
        usedBytes,
        customer.quotaBytes === null ? null : String(customer.quotaBytes),
        storageLimits.customerBytes,
      ),
    })),
    total: counted?.total ?? 0,
  };
}
