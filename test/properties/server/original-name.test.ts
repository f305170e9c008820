import { assert, option, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultAvatarName,
  hasBundleExtension,
  sanitizeOriginalName,
} from '../../../server/features/uploads/original-name.ts';
import { avatarNameSchema } from '../../../shared/domain/avatar-fields.ts';
import { propertyRuns } from '../../support/property-runs.ts';

describe('the original file name', () => {
  test('of any upload has no folder, no control character and at most 255 bytes', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 400 }), (stem) => {
        const name = sanitizeOriginalName(`${stem}.gab`);
        expect(name).not.toMatch(/[/\\\p{Cc}]/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        expect(hasBundleExtension(name)).toBe(true);
        expect(name.isWellFormed()).toBe(true);
      }),
      propertyRuns(),
    );
  });
});

describe('defaults of a new avatar', () => {
  test('include a valid name for any manifest and file name', () => {
    assert(
      property(option(string({ unit: 'binary' }), { nil: undefined }), string({ unit: 'binary' }), (manifest, stem) => {
        const name = defaultAvatarName(manifest, sanitizeOriginalName(`${stem}.gab`));
        expect(avatarNameSchema.safeParse(name).data).toBe(name);
      }),
      propertyRuns(),
    );
  });
});
