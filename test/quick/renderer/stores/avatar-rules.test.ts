import { describe, expect, test } from 'vitest';
import {
  filterAvatars,
  findActive,
  previousActive,
  sortAvatars,
  tagsOf,
} from '../../../../renderer/stores/library/avatar-rules.ts';
import { avatarView, nextUuid, projectView, versionView } from '../../../support/views.ts';

const names = (avatars: readonly { name: string }[]): string[] => avatars.map(({ name }) => name);

describe('filterAvatars', () => {
  const mara = avatarView({ name: 'Mara', tags: ['formal', 'winter'], versions: [versionView({ version: 7 })] });
  const zoe = avatarView({
    name: 'Zoë "白い"',
    tags: ['formal'],
    versions: [versionView({ createdBy: 'Mika', fileName: 'bundle.gab' })],
  });
  const all = [mara, zoe];

  test('an empty query keeps everything', () => {
    expect(filterAvatars(all, { query: '  ', tags: [] })).toEqual(all);
  });

  test.each([
    ['mArA', ['Mara']],
    ['白い', ['Zoë "白い"']],
    ['v7', ['Mara']],
    ['mika', ['Zoë "白い"']],
    ['formal winter', ['Mara']],
    ['formal nobody', []],
    // Full-width letters and a decomposed ë mean the same to people.
    ['ＭＡＲＡ', ['Mara']],
    ['zoe\u0308', ['Zoë "白い"']],
  ])('the query %j finds %j', (query, expected) => {
    expect(names(filterAvatars(all, { query, tags: [] }))).toEqual(expected);
  });

  test('an avatar must have every chosen tag', () => {
    expect(names(filterAvatars(all, { query: '', tags: ['formal', 'winter'] }))).toEqual(['Mara']);
  });
});

describe('sortAvatars', () => {
  const old = avatarView({
    name: 'avatar 10',
    versions: [versionView({ createdAt: '2026-01-01T00:00:00.000Z', sizeBytes: 30 })],
  });
  const young = avatarView({
    name: 'Avatar 9',
    versions: [versionView({ createdAt: '2026-02-01T00:00:00.000Z', sizeBytes: 10 })],
  });

  test('newest first, by the newest version', () => {
    expect(sortAvatars([old, young], 'newest')).toEqual([young, old]);
  });

  test('by name, with numbers in numeric order', () => {
    expect(names(sortAvatars([old, young], 'name'))).toEqual(['Avatar 9', 'avatar 10']);
  });

  test('largest first', () => {
    expect(sortAvatars([young, old], 'size')).toEqual([old, young]);
  });

  test('equal avatars are always in the same order', () => {
    const twins = [avatarView(), avatarView(), avatarView()];
    expect(sortAvatars(twins, 'newest')).toEqual(sortAvatars(twins.toReversed(), 'newest'));
  });
});

test('tags are sorted by use, the most used first', () => {
  const avatars = [avatarView({ tags: ['b', 'a'] }), avatarView({ tags: ['b'] })];
  expect(tagsOf(avatars)).toEqual([
    { tag: 'b', count: 2 },
    { tag: 'a', count: 1 },
  ]);
});

describe('the active version', () => {
  const active = versionView({ version: 4, isActive: true });
  const broken = versionView({ version: 3, activatable: false });
  const good = versionView({ version: 2 });
  const avatar = avatarView({ versions: [versionView({ version: 5 }), active, broken, good] });

  test('is found among all versions of all avatars', () => {
    expect(findActive([avatarView(), avatar])).toEqual({ avatar, version: active });
    expect(findActive([avatarView()])).toBeNull();
  });

  test('has one before it, of whichever avatar, until the last change', () => {
    const was = { versionUuid: good.uuid, avatarUuid: avatar.avatarUuid, name: 'Mara', version: 2 };
    const at = '2026-05-01T10:00:00.000Z';
    const activation = {
      uuid: nextUuid(),
      from: was,
      to: null,
      how: 'choice',
      by: 'Dana',
      at,
      isWaiting: false,
    } as const;
    const project = projectView({ activations: [activation] });
    expect(previousActive(project, [avatar])).toEqual({ was, until: at, now: { avatar, version: good } });
    expect(previousActive(project, [avatarView()])).toEqual({ was, until: at, now: null });
    expect(previousActive(projectView(), [avatar])).toBeNull();
    expect(previousActive(projectView({ activations: [{ ...activation, from: null }] }), [avatar])).toBeNull();
  });
});

test('a tag that is stored in two spellings is one tag, in the spelling of the oldest avatar', () => {
  const newer = avatarView({ tags: ['formal'], versions: [versionView({ createdAt: '2026-02-01T00:00:00.000Z' })] });
  const older = avatarView({ tags: ['Formal'], versions: [versionView({ createdAt: '2026-01-01T00:00:00.000Z' })] });
  expect(tagsOf([newer, older])).toEqual([{ tag: 'Formal', count: 2 }]);
  expect(filterAvatars([newer, older], { query: '', tags: ['FORMAL'] })).toHaveLength(2);
});
