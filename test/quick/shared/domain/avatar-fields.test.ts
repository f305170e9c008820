import { describe, expect, it } from 'vitest';
import { avatarNameSchema, descriptionSchema, tagSchema, tagsSchema } from '../../../../shared/domain/avatar-fields.ts';

describe('tags', () => {
  it.each(['formal', '白い', 'front desk'])('accept %s', (tag) => {
    expect(tagSchema.parse(` ${tag} `)).toBe(tag);
  });

  it.each(['', '   ', 'a,b', 'a\u202eb', 'a\u0000b', 'x'.repeat(33)])('refuse %j', (tag) => {
    expect(tagSchema.safeParse(tag).success).toBe(false);
  });

  it('must be unique, and at most 16', () => {
    expect(tagsSchema.safeParse(['a', 'a']).success).toBe(false);
    expect(tagsSchema.safeParse(Array.from({ length: 17 }, (_, index) => `tag ${index}`)).success).toBe(false);
    expect(tagsSchema.parse(['a', 'b'])).toEqual(['a', 'b']);
  });

  it('are stored once if they differ only in case, in the first spelling', () => {
    expect(tagsSchema.parse(['Formal', 'formal', 'FORMAL', 'winter'])).toEqual(['Formal', 'winter']);
  });
});

describe('names and descriptions', () => {
  it('names must not contain control or direction characters, descriptions may have several lines', () => {
    expect(avatarNameSchema.safeParse('Mara\u202egnp.exe').success).toBe(false);
    expect(avatarNameSchema.safeParse('Mara\nOtto').success).toBe(false);
    expect(descriptionSchema.parse('first line\n\tsecond line')).toBe('first line\n\tsecond line');
    expect(descriptionSchema.safeParse('bell \u0007').success).toBe(false);
  });
});
