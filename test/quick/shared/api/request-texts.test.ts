import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isLine, isText, lineSchema, showableFileName } from '../../../../shared/lib/text.ts';
import { requestStrings, stringsIn } from '../../../support/request-strings.ts';

/** The functions of `shared/lib/text.ts` that make a string safe. */
const SAFE: readonly unknown[] = [isLine, isText, showableFileName];

/**
 * A pattern that covers the whole string and lists its characters one by one, all of them printable
 * ASCII, admits nothing else.
 */
function listsItsCharacters({ source, flags }: RegExp): boolean {
  const withoutNames = source.replaceAll(/\\[dw.\-/]/g, '');
  if (!/^\^[ -~]*\$$/.test(withoutNames) || /\\|\||\[\^/.test(withoutNames) || flags.includes('m')) return false;
  return !withoutNames.replaceAll(/\[[^\]]*\]/g, '').includes('.');
}

function isSafe(schema: z.ZodString): boolean {
  return (schema.def.checks ?? []).some((check) => {
    // oxlint-disable-next-line no-underscore-dangle -- zod's name for what a check was made of
    const definition = check._zod.def as { fn?: unknown; tx?: unknown; pattern?: RegExp };
    if (SAFE.includes(definition.fn) || SAFE.includes(definition.tx)) return true;
    return definition.pattern !== undefined && listsItsCharacters(definition.pattern);
  });
}

describe('every string of a request', () => {
  const strings = requestStrings();

  test('is found in each part of requests', () => {
    expect(strings.length).toBeGreaterThan(100);
    expect(new Set(strings.map(({ part }) => part))).toEqual(
      new Set(['params', 'query', 'headers', 'body', 'multipart']),
    );
  });

  test('is made from a text schema, or has a pattern that lists its characters', () => {
    const unsafe = strings.filter(({ schema }) => !isSafe(schema));
    expect(unsafe.map(({ route, part, path }) => `${route} ${part}.${path.join('.')}`)).toEqual([]);
  });

  test.each([
    [z.string(), false],
    [z.string().min(8).max(200), false],
    [z.string().regex(/^[^,]+$/), false],
    [z.string().regex(/^a.c$/), false],
    [z.string().regex(/[a-z]/), false],
    [z.string().regex(/^a|b$/), false],
    [z.string().regex(/^[ -\u00ff]$/), false],
    [z.string().regex(/^[A-Za-z0-9._~-]{43}$/), true],
    [lineSchema.max(3), true],
  ])('is judged by its checks (%#)', (schema, expected) => {
    expect(stringsIn(z.object({ field: z.array(schema).optional() })).map(({ leaf }) => isSafe(leaf))).toEqual([
      expected,
    ]);
  });
});
