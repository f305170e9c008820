import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from '../../../../shared/gab/json/scan-json.ts';
import { propertyRuns, testSeed as seed } from '../../../support/property-runs.ts';

const lax = { maxDepth: 10_000, strict: false };

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
      propertyRuns(),
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
      propertyRuns(2000),
    );
  });
});
