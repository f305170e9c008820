import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonFaultKind, scanJson } from '../../../../shared/gab/json/scan-json.ts';
import { testSeed as seed } from '../../../support/seed.ts';

const lax = { maxDepth: 10_000, strict: false };
const strict = { maxDepth: 16, strict: true };

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('scanJson', () => {
  it(`accepts what JSON.parse accepts (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'large' }), fc.boolean(), (text, pretty) => {
        const shown = pretty ? JSON.stringify(JSON.parse(text), null, '\t') : text;
        expect(scanJson(shown, lax)).toBeNull();
      }),
      { seed },
    );
  });

  it(`agrees with JSON.parse on broken texts (seed ${seed})`, () => {
    const broken = fc.tuple(
      fc.json(),
      fc.nat(60),
      fc.constantFrom('', ',', '}', ']', '"', '\\', '0', '-', '.', 'e', '\n', '\u0001', 'true', '\\u12', ':'),
    );
    fc.assert(
      fc.property(broken, ([text, at, piece]) => {
        const position = at % (text.length + 1);
        const changed = text.slice(0, position) + piece + text.slice(position + (at % 3));
        expect(scanJson(changed, lax) === null).toBe(parses(changed));
      }),
      { seed, numRuns: 2000 },
    );
  });

  it.each<[string, JsonFaultKind]>([
    ['{"a":1,"b":{"a":1},"a":2}', 'duplicate-key'],
    ['{"a":1,"\\u0061":2}', 'duplicate-key'],
    ['[{"constructor":1}]', 'forbidden-key'],
    ['{"\\u005f_proto__":1}', 'forbidden-key'],
    ['["\\udc00"]', 'lone-surrogate'],
    ['["a\\u0000"]', 'nul-character'],
    ['['.repeat(17) + ']'.repeat(17), 'depth'],
    ['', 'syntax'],
    ['{} {}', 'syntax'],
    ['[1,]', 'syntax'],
    ['[01]', 'syntax'],
    ["{'a':1}", 'syntax'],
  ])('%s: %s', (text, kind) => {
    expect(scanJson(text, strict)?.kind).toBe(kind);
  });

  it('accepts equal keys in different objects, and a whole surrogate pair', () => {
    expect(scanJson('{"a":{"x":1},"b":{"x":1},"c":"\\ud83d\\ude00"}', strict)).toBeNull();
  });

  it('survives a million open brackets', () => {
    expect(scanJson('['.repeat(1_000_000), strict)?.kind).toBe('depth');
    expect(scanJson('['.repeat(1_000_000), { maxDepth: 2_000_000, strict: false })?.kind).toBe('syntax');
  });
});
