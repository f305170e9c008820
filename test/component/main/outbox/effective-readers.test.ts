import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLibraryReads } from '../../../../main/library/library-reads.ts';
import type { Intent } from '../../../../shared/domain/intents.ts';
import { tempDatabase } from '../../../support/local-database.ts';
import { everything, fill, operationOf } from '../../../support/overlaid-library.ts';

describe('effectiveReaders', () => {
  it('let nothing of a parked operation lie over the library', async () => {
    const database = await tempDatabase();
    fill(database, [], 'p0a1');
    const before = everything(database);
    for (const state of ['refused', 'conflict'] as const) {
      const operation = operationOf({ kind: 'trash', versionUuid: 'p0a1', scope: 'avatar' }, 'p0a1', 9);
      database.write((writers) =>
        writers.operations.insert({ ...operation, id: randomUUID(), requestKey: randomUUID(), state }),
      );
    }
    expect(everything(database)).toEqual(before);
  });

  it('mark what waits, by avatar and by project', async () => {
    const database = await tempDatabase();
    fill(database, [], null);
    const intents: Intent[] = [
      { kind: 'activate', versionUuid: 'p0a1', expectedActiveUuid: null, onConflict: 'ask' },
      { kind: 'edit', versionUuid: 'p0a1', fields: { name: 'X' }, base: { name: 'Mara' } },
      { kind: 'edit', versionUuid: 'p0a1', fields: { name: 'Y' }, base: { name: 'X' } },
    ];
    for (const intent of intents) {
      const row = { ...operationOf(intent, 'p0a1', 5), id: randomUUID(), requestKey: randomUUID() };
      database.write((writers) => writers.operations.insert({ ...row, state: 'waiting' }));
    }
    const reads = createLibraryReads(database.read);
    expect(reads.projects().map(({ uuid, isActivationWaiting }) => [uuid, isActivationWaiting])).toEqual([
      ['p0', true],
      ['p1', false],
    ]);
    const avatars = reads.avatars('p0').map(({ avatarUuid, name, waiting }) => [avatarUuid, name, waiting]);
    expect(avatars.toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
      ['p0a', 'Y', ['activate', 'edit']],
      ['p0b', 'Mara', []],
    ]);
  });
});
