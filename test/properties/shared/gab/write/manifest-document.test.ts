import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeManifestDocument, parseManifestDocument } from '../../../../../shared/gab/write/manifest-document.ts';
import { propertyRuns, testSeed } from '../../../../support/property-runs.ts';

const parse = (text: string) => parseManifestDocument(Buffer.from(text));

const encode = (document: Readonly<Record<string, unknown>>) =>
  Buffer.from(encodeManifestDocument(document)).toString();

describe('the manifest as a document', () => {
  it(`is read back exactly as it was written (seed ${testSeed})`, () => {
    const values = fc.dictionary(
      fc
        .string({ unit: 'grapheme', maxLength: 12 })
        .filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key)),
      fc.jsonValue({ maxDepth: 4, noUnicodeString: false }),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(values, (value) => {
        const once = encode(value);
        const { document, fault } = parse(once);
        // Forbidden keys (a NUL, a forbidden word deep inside) are refused, never changed.
        if (fault) return;
        expect(encode(document)).toBe(once);
      }),
      propertyRuns(),
    );
  });
});
