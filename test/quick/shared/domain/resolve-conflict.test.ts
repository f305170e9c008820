import { describe, expect, it } from 'vitest';
import { resolveConflict } from '../../../../shared/domain/resolve-conflict.ts';

describe('resolveConflict', () => {
  it.each([
    ['sends if nobody else changed anything', { active: 'a' }, { active: 'b' }, { active: 'a' }, 'send'],
    ['is done if someone else made the same change', { active: 'a' }, { active: 'b' }, { active: 'b' }, 'done'],
    ['asks if someone else made a different change', { active: 'a' }, { active: 'b' }, { active: 'c' }, 'ask'],
    ['asks if someone else deactivated the version', { active: 'a' }, { active: 'b' }, { active: null }, 'ask'],
    ['is done if both deactivated the version', { active: 'a' }, { active: null }, { active: null }, 'done'],
    [
      'sends if others changed only other fields',
      { name: 'a', tags: ['x'] },
      { tags: ['y'] },
      { name: 'b', tags: ['x'] },
      'send',
    ],
    [
      'asks if one of two fields was changed differently',
      { name: 'a', tags: ['x'] },
      { name: 'b', tags: ['y'] },
      { name: 'c', tags: ['x'] },
      'ask',
    ],
    [
      'sends if the other change to one of two fields is the same',
      { name: 'a', tags: ['x'] },
      { name: 'b', tags: ['y'] },
      { name: 'b', tags: ['x'] },
      'send',
    ],
    [
      'asks if the tags are in another order',
      { tags: ['x', 'y'] },
      { tags: ['x', 'y', 'z'] },
      { tags: ['y', 'x'] },
      'ask',
    ],
    ['is done if no field was edited', { name: 'a' }, { name: undefined }, { name: 'b' }, 'done'],
  ] as const)('%s', (_title, base, mine, theirs, expected) => {
    expect(resolveConflict({ base, mine, theirs })).toBe(expected);
  });
});
