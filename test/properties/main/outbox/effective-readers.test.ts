import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VersionUuid } from '../../../../shared/domain/ids.ts';
import type { OperationIntent } from '../../../../shared/domain/intents.ts';
import { tempDatabase } from '../../../support/local-database.ts';
import { AVATARS, everything, fill, operationOf, serverDoes } from '../../../support/overlaid-library.ts';
import { propertyRuns } from '../../../support/property-runs.ts';

const uuidArbitrary = fc.constantFrom(...AVATARS.map(({ uuid }) => uuid));

const intentArbitrary: fc.Arbitrary<OperationIntent & { versionUuid: VersionUuid }> = fc.oneof(
  fc.record({
    kind: fc.constant('activate' as const),
    versionUuid: uuidArbitrary,
    expectedActiveUuid: fc.constant(null),
    onConflict: fc.constant('ask' as const),
    how: fc.constantFrom('choice' as const, 'rollback' as const, 'upload' as const),
    undoes: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('edit' as const),
    versionUuid: uuidArbitrary,
    fields: fc.record(
      { name: fc.constantFrom('X', 'Y'), description: fc.constantFrom('d', 'e') },
      { requiredKeys: [] },
    ),
    base: fc.constant({}),
  }),
  fc.record({
    kind: fc.constant('trash' as const),
    versionUuid: uuidArbitrary,
    scope: fc.constantFrom('version' as const, 'avatar' as const),
  }),
  fc.record({ kind: fc.constant('restore' as const), versionUuid: uuidArbitrary }),
);

describe('effectiveReaders', () => {
  it('show the library as it will be after the server has done the pending operations', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(AVATARS.map(({ uuid }) => uuid)),
        fc.option(uuidArbitrary),
        fc.array(intentArbitrary, { maxLength: 8 }),
        async (trashed, active, intents) => {
          const [overlaid, plain] = [await tempDatabase(), await tempDatabase()];
          for (const database of [overlaid, plain]) fill(database, trashed, active);
          for (const [index, intent] of intents.entries()) {
            const operation = operationOf({ ...intent }, intent.versionUuid, 15 + index);
            const row = { ...operation, id: randomUUID(), state: 'waiting' } as const;
            overlaid.tryWrite((writers) => writers.operations.insert(row));
            serverDoes(plain, operation);
          }
          expect(everything(overlaid)).toEqual(everything(plain));
        },
      ),
      propertyRuns(40),
    );
  }, 120_000);
});
