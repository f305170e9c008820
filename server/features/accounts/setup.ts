import { and, eq, isNull } from 'drizzle-orm';
import type { ServiceContext } from '../../context.ts';
import { users } from '../../db/schema/users.ts';

/**
 * Whether the server has an administrator, or is a demo. Until then only a setup link works. Once
 * true it stays true, because the last administrator cannot be removed.
 */
export async function isSetUp(context: ServiceContext): Promise<boolean> {
  if (context.isDemo || setUp.has(context)) return true;
  const [admin] = await context.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.isAdmin, true), eq(users.isDemo, false), isNull(users.disabledAt)))
    .limit(1);
  if (admin) setUp.add(context);
  return admin !== undefined;
}

const setUp = new WeakSet<ServiceContext>();
