import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { causesOf, errorCodeOf, ifCode, ifMissing, isDiskFull, isMissing, reasonOf } from '../../../node/error-code.ts';

const systemError = (code: string) => Object.assign(new Error(code), { code });

describe('the code of an error', () => {
  it.each([
    [systemError('ENOENT'), 'ENOENT'],
    [new Error('none'), ''],
    [Object.assign(new Error('a number'), { code: 42 }), ''],
    [{ code: 'ENOENT' }, ''],
    [null, ''],
    ['ENOENT', ''],
  ])('of %s is %j', (error, code) => expect(errorCodeOf(error)).toBe(code));

  it('says whether a file is missing, and whether the disk is full', () => {
    expect(isMissing(systemError('ENOENT'))).toBe(true);
    expect(isMissing(systemError('EACCES'))).toBe(false);
    expect(['ENOSPC', 'EDQUOT', 'EIO'].map((code) => isDiskFull(systemError(code)))).toEqual([true, true, false]);
  });
});

describe('a handler for one code', () => {
  it('replaces errors with that code', async () => {
    expect(await Promise.reject(systemError('ENOENT')).catch(ifMissing(7))).toBe(7);
    expect(await Promise.reject(systemError('EEXIST')).catch(ifCode(['EPERM', 'EEXIST'], null))).toBeNull();
  });

  it('rethrows every other error', async () => {
    const error = systemError('EACCES');
    await expect(Promise.reject(error).catch(ifMissing(7))).rejects.toBe(error);
  });
});

it('the causes of an error begin with itself and end with what is not an error', () => {
  const inner = new Error('inner', { cause: 'text' });
  const outer = new Error('outer', { cause: inner });
  expect(causesOf(outer)).toEqual([outer, inner]);
  expect(causesOf('text')).toEqual([]);
});

it('the reason of an error names its causes, and is never empty', () => {
  expect(reasonOf(new Error('outer', { cause: new Error('', { cause: new Error('inner') }) }))).toBe('outer: inner');
  expect(reasonOf(new AggregateError([new Error('::1'), new Error('127.0.0.1')]))).toBe('::1, 127.0.0.1');
  expect(reasonOf(new AggregateError([]))).toBe('AggregateError');
  expect(reasonOf('text')).toBe('text');
});

it('the reason of a failed query leaves its text and its parameters out', () => {
  const failed = new DrizzleQueryError('update users set hash = $1', ['secret'], new Error('read ECONNRESET'));
  expect(failed.message).toContain('secret');
  expect(reasonOf(new Error('outer', { cause: failed }))).toBe('outer: A query failed: read ECONNRESET');
});
