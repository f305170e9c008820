import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { avatarNameSchema } from '../../../../shared/domain/avatar-fields.ts';
import { suggestAvatarName } from '../../../../shared/domain/avatar-name.ts';
import { propertyRuns } from '../../../support/property-runs.ts';

describe('suggestAvatarName', () => {
  it('always answers a legal name', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(fc.option(text), text, (manifestName, fileName) => {
        expect(avatarNameSchema.safeParse(suggestAvatarName(manifestName, fileName)).success).toBe(true);
      }),
      propertyRuns(),
    );
  });
});
