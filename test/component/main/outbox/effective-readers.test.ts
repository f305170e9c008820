import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLibraryReads } from '../../../../main/library/library-reads.ts';
import type { OperationIntent } from '../../../../shared/domain/intents.ts';
import { tempDatabase } from '../../../support/local-database.ts';
import { activateIntent, everything, fill, operationOf } from '../../../support/overlaid-library.ts';
import { asVersionUuid } from '../../../support/uuids.ts';

const MARA_1 = asVersionUuid('p0a1');

describe('effectiveReaders', () => {
  it('do not apply parked operations', async () => {
    const database = await tempDatabase();
    fill(database, [], MARA_1);
    const before = everything(database);
    for (const state of ['refused', 'conflict'] as const) {
      const operation = operationOf({ kind: 'trash', versionUuid: MARA_1, scope: 'avatar' }, MARA_1, 9);
      database.tryWrite((writers) => writers.operations.insert({ ...operation, id: randomUUID(), state }));
    }
    expect(everything(database)).toEqual(before);
  });

  it('mark the avatars and projects with pending operations', async () => {
    const database = await tempDatabase();
    fill(database, [], null);
    const intents: OperationIntent[] = [
      activateIntent(MARA_1),
      { kind: 'edit', versionUuid: MARA_1, fields: { name: 'X' }, base: { name: 'Mara' } },
      { kind: 'edit', versionUuid: MARA_1, fields: { name: 'Y' }, base: { name: 'X' } },
    ];
    for (const intent of intents) {
      const row = { ...operationOf(intent, MARA_1, 5), id: randomUUID() };
      database.tryWrite((writers) => writers.operations.insert({ ...row, state: 'waiting' }));
    }
    const reads = createLibraryReads(database.read);
    expect(reads.projects().map(({ uuid, isActivationWaiting }) => [uuid, isActivationWaiting])).toEqual([
      ['p0', true],
      ['p1', false],
    ]);
    expect(reads.projects().map(({ activations }) => activations)).toMatchObject([
      [{ uuid: 'key-5', from: null, to: { versionUuid: MARA_1, version: 1 }, by: 'Dana', isWaiting: true }],
      [],
    ]);
    expect(reads.projects()[0]).toMatchObject({ active: { versionUuid: MARA_1 }, confirmedActive: null });
    const chosen = reads.avatars('p0').flatMap(({ versions }) => versions.find(({ uuid }) => uuid === MARA_1) ?? []);
    expect(chosen).toMatchObject([{ isActive: true, isConfirmedActive: false }]);
    const avatars = reads.avatars('p0').map(({ avatarUuid, name, waiting }) => [avatarUuid, name, waiting]);
    expect(avatars.toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
      ['p0a', 'Y', ['activate', 'edit']],
      ['p0b', 'Mara', []],
    ]);
  });
});
