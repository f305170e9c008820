import { describe, expect, test } from 'vitest';
import {
  defaultAvatarName,
  defaultDescription,
  defaultTags,
  sanitizeOriginalName,
} from '../../../server/features/uploads/original-name.ts';
import { tagsSchema } from '../../../shared/domain/avatar-fields.ts';

describe('the original name', () => {
  test.each([
    ['avatar.gab', 'avatar.gab'],
    ['Zoë "白い".gab', 'Zoë "白い".gab'],
    ['Zoë %22白い%22.gab', 'Zoë "白い".gab'],
    ['100%25.gab', '100%25.gab'],
    ['C:\\fakepath\\mara.gab', 'mara.gab'],
    ['../../etc/passwd.gab', 'passwd.gab'],
    ['a\u0000b\u001f\u007f\u0085c.gab', 'abc.gab'],
    ['mara\u202egnp.gab', 'mara_gnp.gab'],
    ['line%0D%0Abreak.gab', 'linebreak.gab'],
    ['  spaced .GAB ', 'spaced .GAB'],
    ['.gab', 'avatar.gab'],
    ['', ''],
  ])('%j is kept as %j', (sent, kept) => {
    expect(sanitizeOriginalName(sent)).toBe(kept);
  });

  test('is cut at 255 bytes, between characters, and keeps its extension', () => {
    const name = sanitizeOriginalName(`${'白'.repeat(300)}.gab`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(name).toBe(`${'白'.repeat(83)}.gab`);
  });
});

describe('defaults of a new avatar', () => {
  test('the name is the manifest’s, or else the file’s without its extension', () => {
    expect(defaultAvatarName('Mara', 'x.gab')).toBe('Mara');
    expect(defaultAvatarName(undefined, 'Zoë "白い".gab')).toBe('Zoë "白い"');
    expect(defaultAvatarName('\u202eevil', 'good.gab')).toBe('good');
    expect(defaultAvatarName(undefined, '\u202e.gab')).toBe('avatar');
  });

  test('the tags are the valid ones of the manifest, each once, at most 16', () => {
    expect(defaultTags(['formal', ' formal ', '', 'a\u0000b', 'x'.repeat(33), 'casual'])).toEqual(['formal', 'casual']);
    const many = defaultTags(Array.from({ length: 40 }, (_, index) => `tag ${index}`));
    expect(tagsSchema.safeParse(many).success).toBe(true);
    expect(many).toHaveLength(16);
    expect(defaultTags(undefined)).toEqual([]);
  });

  test('an invalid description is omitted', () => {
    expect(defaultDescription('two\nlines')).toBe('two\nlines');
    expect(defaultDescription('\u0000')).toBe('');
    expect(defaultDescription(undefined)).toBe('');
  });
});
