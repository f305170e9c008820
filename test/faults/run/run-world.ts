import { randomBytes } from 'node:crypto';
import type { Database } from '../../../server/db/database.ts';
import { customers } from '../../../server/db/schema/customers.ts';
import { recordChanges } from '../../../server/history/record-changes.ts';
import { addPerson, addProject, type TestPerson, type TestProject } from '../../support/world.ts';
import { PROJECTS, type Schedule } from './schedule.ts';

/**
 * A separate customer for one run: one designer for each client, and projects that the feed
 * contains.
 */
export interface RunWorld {
  readonly customer: { readonly id: number; readonly uuid: string };
  readonly people: readonly TestPerson[];
  readonly projects: readonly TestProject[];
}

export async function makeWorld(
  db: Database,
  { seed, clients }: Pick<Schedule, 'seed' | 'clients'>,
): Promise<RunWorld> {
  // The same seed may run twice on one database.
  const slug = `run-${seed}-${randomBytes(4).toString('hex')}`;
  const [customer] = await db.insert(customers).values({ slug, name: slug }).returning();
  if (customer === undefined) throw new Error('no customer');
  // A server without an administrator answers nobody.
  await addPerson(db, { name: 'Admin', email: `admin@${slug}.example`, role: 'admin', customerId: null });
  const people: TestPerson[] = [];
  for (let number = 0; number < clients; number += 1) {
    const name = `Designer ${number}`;
    const email = `designer-${number}@${slug}.example`;
    people.push(await addPerson(db, { name, email, role: 'designer', customerId: customer.id }));
  }
  const projects: TestProject[] = [];
  for (let number = 0; number < PROJECTS; number += 1) {
    projects.push(await addProject(db, customer.id, `Project ${number}`));
  }
  const changes = projects.map(({ uuid }) => ({ entity: 'project' as const, uuid }));
  await db.transaction((tx) => recordChanges(tx, customer.id, changes));
  return { customer, people, projects };
}
