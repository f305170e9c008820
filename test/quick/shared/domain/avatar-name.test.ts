import { describe, expect, it } from 'vitest';
import { suggestAvatarName } from '../../../../shared/domain/avatar-name.ts';

describe('suggestAvatarName', () => {
  it('prefers the manifest', () => expect(suggestAvatarName('Mara', 'x.gab')).toBe('Mara'));

  it('falls back to the file', () => expect(suggestAvatarName(null, 'Zoë "白い".gab')).toBe('Zoë "白い"'));

  it('leaves out what cannot be printed', () => expect(suggestAvatarName('a\u202eb', 'a\u202eb.gab')).toBe('ab'));

  it('has a last resort', () => expect(suggestAvatarName('\u0000', '\u0000.gab')).toBe('avatar'));
});
