import type { Command } from 'commander';
import { textTable } from '../../node/text-table.ts';
import { MAX_PAGE_ROWS } from '../../shared/api/paging.ts';
import type { PersonResponse } from '../../shared/api/people.ts';
import type { Database } from '../db/database.ts';
import { listEverybody } from '../features/accounts/people/person-responses.ts';
import type { CommandSurroundings } from './command-context.ts';

export function addListCommand(program: Command, { withDatabase, writeOut }: CommandSurroundings): void {
  program
    .command('list-users')
    .description('List all users with their state and roles')
    .option('--json', 'print them as JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      const people = await withDatabase(readEverybody);
      writeOut(json ? `${JSON.stringify(people, null, 2)}\n` : tableOf(people));
    });
}

async function readEverybody(db: Database): Promise<readonly PersonResponse[]> {
  const all: PersonResponse[] = [];
  for (;;) {
    const { people, total } = await listEverybody(db, { limit: MAX_PAGE_ROWS, offset: all.length });
    all.push(...people);
    if (people.length === 0 || all.length >= total) return all;
  }
}

function tableOf(people: readonly PersonResponse[]): string {
  const rows = people.map((one) => [one.email, one.name, one.state, rolesOf(one)]);
  return textTable([['EMAIL', 'NAME', 'STATE', 'ROLES'], ...rows]);
}

function rolesOf({ is_admin, memberships }: PersonResponse): string {
  const roles = memberships.map(
    ({ customer_name, project_name, role }) => `${role} of ${customer_name}${project_name ? `/${project_name}` : ''}`,
  );
  return [...(is_admin ? ['administrator'] : []), ...roles].join(', ');
}
