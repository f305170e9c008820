import { describe, expect, it } from 'vitest';
import { resolveConflict } from '../../../../shared/domain/resolve-conflict.ts';

describe('resolveConflict', () => {
  it.each([
    ['nobody else did anything', { active: 'a' }, { active: 'b' }, { active: 'a' }, 'send'],
    ['somebody did the same', { active: 'a' }, { active: 'b' }, { active: 'b' }, 'done'],
    ['somebody did something else', { active: 'a' }, { active: 'b' }, { active: 'c' }, 'ask'],
    ['somebody switched off', { active: 'a' }, { active: 'b' }, { active: null }, 'ask'],
    ['both switched off', { active: 'a' }, { active: null }, { active: null }, 'done'],
    ['other fields only', { name: 'a', tags: ['x'] }, { tags: ['y'] }, { name: 'b', tags: ['x'] }, 'send'],
    ['one field of two', { name: 'a', tags: ['x'] }, { name: 'b', tags: ['y'] }, { name: 'c', tags: ['x'] }, 'ask'],
    ['one field alike', { name: 'a', tags: ['x'] }, { name: 'b', tags: ['y'] }, { name: 'b', tags: ['x'] }, 'send'],
    ['tags in another order', { tags: ['x', 'y'] }, { tags: ['x', 'y', 'z'] }, { tags: ['y', 'x'] }, 'ask'],
    ['nothing was meant', { name: 'a' }, { name: undefined }, { name: 'b' }, 'done'],
  ] as const)('%s', (_title, base, mine, theirs, expected) => {
    expect(resolveConflict({ base, mine, theirs })).toBe(expected);
  });
});
