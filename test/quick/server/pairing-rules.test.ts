import { expect, test } from 'vitest';
import { decidePairing, type PairingFacts } from '../../../server/installation/pairing-rules.ts';

const NEW: PairingFacts = {
  databaseId: null,
  isPaired: false,
  folderId: null,
  hasVersions: false,
  hasFiles: false,
  hasFilesOfVersions: false,
};
const USED = { hasVersions: true, hasFiles: true, hasFilesOfVersions: true };
const ONE = { databaseId: 'one', isPaired: true };

test.each<[string, Partial<PairingFacts>, string]>([
  ['both are new', {}, 'adopt'],
  ['both are from before there were ids', USED, 'adopt'],
  ['both have the same id', { ...ONE, folderId: 'one' }, 'paired'],
  ['the pairing was interrupted before the folder had the id', { databaseId: 'one' }, 'adopt'],
  ['the pairing was interrupted after the folder had the id', { databaseId: 'one', folderId: 'one' }, 'finish'],
  ['the ids differ', { ...ONE, ...USED, folderId: 'two' }, 'other-folder'],
  ['the database has an id and avatars, the folder has no id', { ...ONE, hasVersions: true }, 'folder-without-id'],
  ['the database has an id, and the folder is new', ONE, 'folder-without-id'],
  ['the folder has an id, and the database is new', { folderId: 'one', hasFiles: true }, 'database-without-id'],
  ['the folder has files, and the database is new', { hasFiles: true }, 'files-without-database'],
  ['the database has avatars, and the folder is empty', { hasVersions: true }, 'database-without-files'],
  ['the folder has files of others only', { hasVersions: true, hasFiles: true }, 'database-without-files'],
])('if %s', (_state, facts, expected) => {
  const decision = decidePairing({ ...NEW, ...facts });
  expect(decision.kind === 'refuse' ? decision.because : decision.kind).toBe(expected);
});
