import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNames } from '../../../../../shared/gab/compare/renames.ts';
import { propertyRuns, testSeed } from '../../../../support/property-runs.ts';

const byText = (left: unknown, right: unknown) => (String(left) < String(right) ? -1 : 1);

describe('compareNames', () => {
  it(`finds the same renames in both directions (seed ${testSeed})`, () => {
    const name = fc.stringMatching(/^(?:[abX]_?){0,2}[a-c]{1,4}(?:_L|\.1)?$/);
    const names = fc.uniqueArray(name, { maxLength: 12 });
    fc.assert(
      fc.property(names, names, (before, after) => {
        const forwards = compareNames(before, after);
        const backwards = compareNames(after, before);
        expect(backwards.added).toEqual(forwards.removed);
        expect(backwards.removed).toEqual(forwards.added);
        expect(backwards.renamed.map(([left, right]) => [right, left]).toSorted(byText)).toEqual(
          forwards.renamed.toSorted(byText),
        );
        // Every name is listed exactly once.
        const changed = [...forwards.removed, ...forwards.renamed.map(([old]) => old)];
        expect(changed.toSorted()).toEqual(before.filter((one) => !after.includes(one)).toSorted());
      }),
      propertyRuns(1000),
    );
  });
});
