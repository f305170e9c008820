import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { avatarNameSchema } from '../../../../shared/domain/avatar-fields.ts';
import { suggestAvatarName } from '../../../../shared/domain/avatar-name.ts';

describe('suggestAvatarName', () => {
  it('prefers the manifest', () => expect(suggestAvatarName('Mara', 'x.gab')).toBe('Mara'));
  it('falls back to the file', () => expect(suggestAvatarName(null, 'Zoë "白い".gab')).toBe('Zoë "白い"'));
  it('leaves out what cannot be printed', () => expect(suggestAvatarName('a\u202eb', 'a\u202eb.gab')).toBe('ab'));
  it('has a last resort', () => expect(suggestAvatarName('\u0000', '\u0000.gab')).toBe('avatar'));

  it('always answers a legal name', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(fc.option(text), text, (manifestName, fileName) => {
        expect(avatarNameSchema.safeParse(suggestAvatarName(manifestName, fileName)).success).toBe(true);
      }),
    );
  });
});
