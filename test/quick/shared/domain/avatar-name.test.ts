import { describe, expect, it } from 'vitest';
import { suggestAvatarName } from '../../../../shared/domain/avatar-name.ts';

describe('suggestAvatarName', () => {
  it('prefers the name in the manifest', () => expect(suggestAvatarName('Mara', 'x.gab')).toBe('Mara'));

  it('falls back to the file name', () => expect(suggestAvatarName(null, 'Zoë "白い".gab')).toBe('Zoë "白い"'));

  it('removes unprintable characters', () => expect(suggestAvatarName('a\u202eb', 'a\u202eb.gab')).toBe('ab'));

  it('has a default if nothing else is left', () => expect(suggestAvatarName('\u0000', '\u0000.gab')).toBe('avatar'));
});
