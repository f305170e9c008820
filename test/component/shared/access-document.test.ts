import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accessActions, customerRoles, roleActions } from '../../../shared/domain/access-policy.ts';

const DOCUMENT = join(import.meta.dirname, '../../../docs/access.md');

test('docs/access.md lists every action with the roles that may do it', async () => {
  const lines = (await readFile(DOCUMENT, 'utf8')).split('\n').filter((line) => line.startsWith('| '));
  const cells = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const [head = [], , ...rows] = cells;
  const documented = rows.map((row) => [
    row[0]?.replaceAll('`', ''),
    ...[...customerRoles, 'administrator'].map((role) => row[head.indexOf(role)]),
  ]);
  const policy = accessActions.map((action) => [
    action,
    ...customerRoles.map((role) => (roleActions[role].includes(action) ? 'yes' : '-')),
    'yes',
  ]);
  expect(documented).toEqual(policy);
});
