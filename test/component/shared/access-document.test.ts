import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accessActions, customerRoles, roleActions } from '../../../shared/domain/access-policy.ts';
import { scopeActions, tokenScopes } from '../../../shared/domain/access-token.ts';

const DOCUMENT = join(import.meta.dirname, '../../../docs/access.md');

/** The table whose first column has this head, as cells without their markup. */
async function tableOf(head: string): Promise<readonly string[][]> {
  const tables = (await readFile(DOCUMENT, 'utf8')).split('\n\n');
  const lines = tables.find((part) => part.startsWith(`| ${head} `))?.split('\n') ?? [];
  const cells = lines.filter((line) => line.startsWith('| ')).map((line) => line.split('|').slice(1, -1));
  return cells.map((row) => row.map((cell) => cell.trim().replaceAll('`', '')));
}

test('docs/access.md lists every scope with the actions that it allows', async () => {
  const [, , ...rows] = await tableOf('Scope');
  expect(rows.map(([scope, actions]) => [scope, actions?.split(', ')])).toEqual(
    tokenScopes.map((scope) => [scope, scopeActions[scope]]),
  );
});

test('docs/access.md lists every action with the roles that may do it', async () => {
  const [head = [], , ...rows] = await tableOf('Action');
  const documented = rows.map((row) => [
    row[0],
    ...[...customerRoles, 'administrator'].map((role) => row[head.indexOf(role)]),
  ]);
  const policy = accessActions.map((action) => [
    action,
    ...customerRoles.map((role) => (roleActions[role].includes(action) ? 'yes' : '-')),
    'yes',
  ]);
  expect(documented).toEqual(policy);
});
