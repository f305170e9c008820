import { describe, expect, it } from 'vitest';
import { compareVersions, inVersionOrder, type OrderedFile } from '../../../../shared/domain/version-order.ts';

describe('compareVersions', () => {
  it('follows the example of the specification, and compares numbers as numbers', () => {
    const ordered = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.2.0',
      '1.10.0',
      '2.0.0',
    ];
    expect(ordered.toReversed().toSorted(compareVersions)).toEqual(ordered);
    expect(compareVersions('1.0.0+one', '1.0.0+two')).toBe(0);
  });
});

describe('inVersionOrder', () => {
  const file = (avatarKey: string, manifestVersion: string | null, modifiedAtMs: number | null) => ({
    avatarKey,
    manifestVersion,
    modifiedAtMs,
  });
  const order = (files: readonly OrderedFile[]) => inVersionOrder(files, (one) => one);

  it('orders the files of one avatar by manifest version, then by time, then as they came', () => {
    const [newer, oldest, older, unknown] = [
      file('tria', '1.1.0', 1),
      file('tria', '1.0.0', 9),
      file('tria', '1.1.0', 0),
      file('tria', '1.1.0', null),
    ];
    expect(order([newer, oldest, older])).toEqual([oldest, older, newer]);
    expect(order([unknown, newer, oldest])).toEqual([oldest, unknown, newer]);
  });

  it('orders files without a manifest by time, and keeps the place of each avatar', () => {
    const [mara, late, otto, early] = [
      file('mara', '1.0.0', 5),
      file('photo.gab', null, 3),
      file('otto', '0.1.0', 4),
      file('photo.gab', null, 2),
    ];
    expect(order([mara, late, otto, early])).toEqual([mara, early, late, otto]);
  });
});
