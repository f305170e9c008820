import { describe, expect, test } from 'vitest';
import { describeError, MAX_ERROR_CHARS, quietMessage } from '../../../server/failures/describe-error.ts';

/** As drizzle wraps an error of PostgreSQL. */
function failedQuery(query: string, params: readonly unknown[]): Error {
  const cause = Object.assign(new Error('duplicate key value: (email)=(nora@aurora.example)'), {
    code: '23505',
    severity: 'ERROR',
    constraint: 'users_email_key',
    detail: 'Key (email)=(nora@aurora.example) already exists.',
  });
  const message = `Failed query: ${query}\nparams: ${params.join(',')}`;
  return Object.assign(new Error(message, { cause }), { query, params });
}

describe('the entry of an error in the log', () => {
  test('says which statement failed how, without its parameters', () => {
    const facts = describeError(
      failedQuery('insert into "users" ("email") values ($1)', ['nora@aurora.example', 'Nora', 'x'.repeat(9_600_000)]),
    );
    expect(facts).toMatchObject({ state: '23505', statement: 'insert users', constraint: 'users_email_key' });
    expect(facts.stack[0]).toMatch(/^at failedQuery .*describe-error\.test\.ts/);
    expect(JSON.stringify(facts)).not.toMatch(/nora|Nora|xxx/);
  });

  test.each([
    ['select "id" from "avatars" where "name" = $1', 'select avatars'],
    ['update "projects" set "name" = $1', 'update projects'],
    ['delete from "sessions"', 'delete sessions'],
    ['begin', 'begin'],
  ])('names the statement %j as %j', (query, statement) => {
    expect(describeError(failedQuery(query, [])).statement).toBe(statement);
  });

  test('has at most 2 KB, whatever is in the error', () => {
    const error = Object.assign(new Error('m'.repeat(100_000), { cause: new RangeError('y'.repeat(100_000)) }), {
      code: 'c'.repeat(10_000),
      name: 'n'.repeat(10_000),
      data: 'd'.repeat(100_000),
    });
    error.stack = `at ${'deep '.repeat(10_000)}\n`.repeat(200);
    for (const one of [error, new Error('z', { cause: error })]) {
      expect(JSON.stringify(describeError(one)).length).toBeLessThanOrEqual(MAX_ERROR_CHARS);
    }
  });

  test('has a short message without addresses if it is not about a statement', () => {
    expect(describeError(new TypeError('x is not a function'))).toMatchObject({
      type: 'TypeError',
      message: 'x is not a function',
    });
    expect(describeError(Object.assign(new Error('x\n at nora'), {})).stack[0]).toMatch(/describe-error/);
    expect(quietMessage('550 <nora@aurora.example> is unknown')).toBe('550 <…@…> is unknown');
    expect(describeError('thrown text')).toEqual({ type: 'string', stack: [] });
  });
});
