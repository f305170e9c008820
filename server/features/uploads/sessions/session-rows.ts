import { and, count, desc, eq, gt, lt } from 'drizzle-orm';
import { decodeRecipe, encodeRecipe, type Recipe } from '../../../../shared/domain/recipe/recipe.ts';
import type { StoredPlan } from '../../../../shared/domain/recipe/transmission-plan.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ServiceContext } from '../../../context.ts';
import type { Queryable } from '../../../db/database.ts';
import { customers } from '../../../db/schema/customers.ts';
import { projects } from '../../../db/schema/projects.ts';
import { uploadSessions } from '../../../db/schema/upload-sessions.ts';
import { users } from '../../../db/schema/users.ts';

type Lifetime = Pick<ServiceContext, 'uploadSessionMs'>;
type Row = typeof uploadSessions.$inferSelect;

export interface UploadSession extends Omit<Row, 'recipe'> {
  readonly recipe: Recipe;
  readonly projectUuid: string;
}

export type NewSession = Omit<Row, 'recipe' | 'createdAt' | 'touchedAt'> & { readonly recipe: Recipe };

export const expiryOf = ({ uploadSessionMs }: Lifetime, touchedAt: Date): Date =>
  new Date(touchedAt.getTime() + uploadSessionMs);

/** The caller's own session; null also for other users' sessions. */
export async function findSession(db: Queryable, caller: Caller, uuid: string): Promise<UploadSession | null> {
  const [found] = await db
    .select({ session: uploadSessions, projectUuid: projects.uuid })
    .from(uploadSessions)
    .innerJoin(projects, eq(projects.id, uploadSessions.projectId))
    .where(and(eq(uploadSessions.uuid, uuid), eq(uploadSessions.userId, caller.userId)));
  if (!found) return null;
  const recipe = decodeRecipe(found.session.recipe, found.session.fileSize);
  if (!recipe.ok) throw new Error(`The stored recipe of upload ${uuid} cannot be read: ${recipe.failure}`);
  return { ...found.session, recipe: recipe.value, projectUuid: found.projectUuid };
}

/**
 * Returns false if a session with this UUID exists: another user's, or the same request arriving
 * twice at once.
 */
export async function insertSession(db: Queryable, session: NewSession): Promise<boolean> {
  const inserted = await db
    .insert(uploadSessions)
    .values({ ...session, recipe: encodeRecipe(session.recipe) })
    .onConflictDoNothing()
    .returning({ uuid: uploadSessions.uuid });
  return inserted.length > 0;
}

export async function setPlan(db: Queryable, uuid: string, plan: StoredPlan): Promise<void> {
  await db.update(uploadSessions).set({ plan, touchedAt: new Date() }).where(eq(uploadSessions.uuid, uuid));
}

export async function touchSession(db: Queryable, uuid: string): Promise<void> {
  await db.update(uploadSessions).set({ touchedAt: new Date() }).where(eq(uploadSessions.uuid, uuid));
}

export async function removeSession(db: Queryable, uuid: string): Promise<void> {
  await db.delete(uploadSessions).where(eq(uploadSessions.uuid, uuid));
}

/** UUIDs of sessions that have expired. */
export async function expiredSessions({ db, uploadSessionMs }: ServiceContext, now: Date): Promise<string[]> {
  const before = new Date(now.getTime() - uploadSessionMs);
  const rows = await db
    .select({ uuid: uploadSessions.uuid })
    .from(uploadSessions)
    .where(lt(uploadSessions.touchedAt, before));
  return rows.map(({ uuid }) => uuid);
}

/** Whether there is a session with this UUID. */
export async function isOpenSession(db: Queryable, uuid: string): Promise<boolean> {
  const rows = await db.select({ uuid: uploadSessions.uuid }).from(uploadSessions).where(eq(uploadSessions.uuid, uuid));
  return rows.length > 0;
}

/**
 * For administrators: one page of all users' open uploads, newest first, and how many there are in
 * total.
 */
export async function listSessions(
  { db, uploadSessionMs }: ServiceContext,
  page: { readonly limit: number; readonly offset: number },
) {
  const alive = gt(uploadSessions.touchedAt, new Date(Date.now() - uploadSessionMs));
  const rows = await db
    .select({
      session: uploadSessions,
      projectUuid: projects.uuid,
      customerUuid: customers.uuid,
      userEmail: users.email,
    })
    .from(uploadSessions)
    .innerJoin(projects, eq(projects.id, uploadSessions.projectId))
    .innerJoin(customers, eq(customers.id, projects.customerId))
    .innerJoin(users, eq(users.id, uploadSessions.userId))
    .where(alive)
    .orderBy(desc(uploadSessions.createdAt))
    .limit(page.limit)
    .offset(page.offset);
  const [total] = await db.select({ count: count() }).from(uploadSessions).where(alive);
  return { rows, total: total?.count ?? 0 };
}
