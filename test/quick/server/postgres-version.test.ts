import { expect, test } from 'vitest';
import { refuseVersion } from '../../../server/db/postgres-version.ts';

test.each([150_000, 150_018, 180_004, 190_000])('PostgreSQL %i is accepted', (version) => {
  expect(refuseVersion(version)).toBeNull();
});

test.each([140_099, 90_624])('PostgreSQL %i is refused with what is needed', (version) => {
  expect(refuseVersion(version)).toContain('needs PostgreSQL 15 or newer');
});
