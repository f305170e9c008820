import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { and, eq } from 'drizzle-orm';
import { customers } from '../db/schema/customers.ts';
import { projects } from '../db/schema/projects.ts';
import { serverState } from '../db/schema/requests.ts';
import { users } from '../db/schema/users.ts';
import type { Caller } from '../services/caller.ts';
import type { ServiceContext } from '../services/context.ts';
import { hashPassword } from '../services/passwords.ts';
import { createProject } from '../services/projects.ts';
import { uploadAvatar } from '../services/uploads/upload-avatar.ts';
import type { UploadPart } from '../services/uploads/upload-parts.ts';
import { DEMO_ACCOUNTS, DEMO_CUSTOMERS, DEMO_PASSWORD } from './accounts.ts';
import { DEMO_PROJECTS, type DemoProject } from './projects.ts';

const SEEDED_MARK = 'demo-seeded';

/**
 * Fills an installation with the demo workspace, once: what people delete or rename in it stays so. Every step finds
 * its own earlier work, so a seeding that was cut off goes on where it was.
 */
export async function seedDemo(context: ServiceContext): Promise<void> {
  const [mark] = await context.db.select().from(serverState).where(eq(serverState.key, SEEDED_MARK));
  if (mark) return;
  await seedCustomers(context);
  await seedAccounts(context);
  // The projects are independent of each other; the customers' row locks order what is not.
  await Promise.all(DEMO_PROJECTS.map((project) => seedProject(context, project)));
  await context.db.insert(serverState).values({ key: SEEDED_MARK, value: true }).onConflictDoNothing();
}

async function seedCustomers({ db }: ServiceContext): Promise<void> {
  await db
    .insert(customers)
    .values([...DEMO_CUSTOMERS])
    .onConflictDoNothing();
}

async function seedAccounts({ db }: ServiceContext): Promise<void> {
  const rows = await db.select({ id: customers.id, slug: customers.slug }).from(customers);
  // One hash for one published password: hashing it per account would only cost time.
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const accounts = DEMO_ACCOUNTS.map(({ email, name, role, customer }) => {
    const customerId = rows.find(({ slug }) => slug === customer)?.id ?? null;
    return { email, name, role, passwordHash, customerId };
  });
  await db.insert(users).values(accounts).onConflictDoNothing();
}

async function callerFor({ db }: ServiceContext, email: string): Promise<Caller> {
  const [user] = await db.select().from(users).where(eq(users.email, email));
  if (!user) throw new Error(`The demo account ${email} is missing`);
  const { id: userId, name, role, customerId } = user;
  return { userId, email, name, role, customerId, sessionId: 0 };
}

async function seedProject(context: ServiceContext, demo: DemoProject): Promise<void> {
  const projectUuid = await findOrCreateProject(context, demo);
  const designer = await callerFor(context, `designer@${demo.customer}.example`);
  const lineages = new Map<string, string>();
  for (const [at, upload] of demo.uploads.entries()) {
    const fields = {
      name: upload.avatar,
      lineage_uuid: lineages.get(upload.avatar),
      description: upload.description,
      tags: upload.tags?.join(','),
      activate: String(at === demo.uploads.length - 1),
    };
    const idempotencyKey = `demo-seed ${demo.customer} ${demo.name} ${at}`;
    const parts = formOf(fields, upload);
    const result = await uploadAvatar(context, designer, { projectUuid, idempotencyKey, parts });
    if (!result.ok) throw new Error(`Demo bundle ${upload.bundle}: ${result.failure.code}: ${result.failure.detail}`);
    lineages.set(upload.avatar, result.value.avatar.lineage_uuid);
  }
}

async function findOrCreateProject(context: ServiceContext, { customer: slug, name }: DemoProject): Promise<string> {
  const [customer] = await context.db.select().from(customers).where(eq(customers.slug, slug));
  if (!customer) throw new Error(`The demo customer ${slug} is missing`);
  const [existing] = await context.db
    .select({ uuid: projects.uuid })
    .from(projects)
    .where(and(eq(projects.customerId, customer.id), eq(projects.name, name)));
  if (existing) return existing.uuid;
  const admin = await callerFor(context, 'admin@gabinet.example');
  const created = await createProject(context, admin, { customer_uuid: customer.uuid, name });
  if (!created.ok) throw new Error(`Demo project ${name}: ${created.failure.detail}`);
  return created.value.uuid;
}

async function* formOf(
  fields: Readonly<Record<string, string | undefined>>,
  { bundle, fileName }: DemoProject['uploads'][number],
): AsyncIterable<UploadPart> {
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) yield { kind: 'field', name, value };
  }
  const path = fileURLToPath(new URL(`./bundles/${bundle}`, import.meta.url));
  yield { kind: 'file', name: 'file', fileName, bytes: createReadStream(path) };
}
