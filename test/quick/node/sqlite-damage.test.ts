import { expect, test } from 'vitest';
import { ignoreDamage, isSqliteDamage, unlessDamaged } from '../../../node/sqlite-damage.ts';

const sqliteError = (code: string, message = code) => Object.assign(new Error(message), { code });

test('damage is recognized by its codes, extended ones included, and inside of a failed query', () => {
  for (const code of ['SQLITE_CORRUPT', 'SQLITE_CORRUPT_INDEX', 'SQLITE_NOTADB', 'SQLITE_IOERR_CORRUPTFS']) {
    expect(isSqliteDamage(sqliteError(code))).toBe(true);
    expect(isSqliteDamage(new Error('Failed query', { cause: sqliteError(code) }))).toBe(true);
  }
  expect(isSqliteDamage(sqliteError('SQLITE_ERROR', 'malformed JSON'))).toBe(true);
  expect(isSqliteDamage(new SyntaxError('Unexpected token'))).toBe(true);
});

test('a full or busy disk, other errors and other values are not damage', () => {
  for (const code of ['SQLITE_FULL', 'SQLITE_BUSY', 'SQLITE_IOERR_READ', 'SQLITE_ERROR', 'ENOSPC']) {
    expect(isSqliteDamage(sqliteError(code))).toBe(false);
  }
  expect(isSqliteDamage('SQLITE_CORRUPT')).toBe(false);
});

test('what a timer started ends quietly if the library is damaged, and with its error otherwise', () => {
  const failing = (error: Error) => () => {
    throw error;
  };
  expect(() => unlessDamaged(failing(sqliteError('SQLITE_CORRUPT')))).not.toThrow();
  expect(() => unlessDamaged(failing(new Error('a bug')))).toThrow('a bug');
  expect(() => ignoreDamage(new Error('a bug'))).toThrow('a bug');
});
