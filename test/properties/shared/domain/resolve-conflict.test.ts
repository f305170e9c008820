import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConflictFields, isSame, resolveConflict } from '../../../../shared/domain/resolve-conflict.ts';
import { propertyRuns } from '../../../support/property-runs.ts';

describe('resolveConflict', () => {
  const value = fc.option(fc.oneof(fc.constantFrom('a', 'b'), fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 })), {
    nil: null,
  });

  const fields = fc.record({ name: value, tags: value, description: value });

  const meant = fc.record({ name: value, tags: value, description: value }, { requiredKeys: [] });

  it('asks exactly if an edit would overwrite a change that somebody else made to the same field', () => {
    fc.assert(
      fc.property(fields, meant, fields, (base, mine, theirs) => {
        const resolution = resolveConflict({ base, mine, theirs });
        const keys = Object.keys(mine);
        const of = (side: ConflictFields, key: string | number) => side[key];
        const left = keys.filter((key) => !isSame(of(mine, key), of(theirs, key)));
        const fought = left.filter((key) => !isSame(of(base, key), of(theirs, key)));
        if (fought.length > 0) expect(resolution).toBe('ask');
        else expect(resolution).toBe(left.length > 0 ? 'send' : 'done');
      }),
      propertyRuns(),
    );
  });

  it('never asks about an edit that is based on the current state of the server', () => {
    fc.assert(
      fc.property(meant, fields, (mine, theirs) => {
        expect(resolveConflict({ base: theirs, mine, theirs })).not.toBe('ask');
      }),
      propertyRuns(),
    );
  });
});
