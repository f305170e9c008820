import { describe, expect, it } from 'vitest';
import { compareNames } from '../../../../../shared/gab/compare/renames.ts';
import { threadCpuMs } from '../../../../support/cpu-time.ts';
import { OCULUS_MORPHS } from '../../../../support/sample-assets.ts';

const byText = (left: unknown, right: unknown) => (String(left) < String(right) ? -1 : 1);

const pairsOf = (names: readonly string[], rename: (name: string) => string) =>
  names.map((name) => [name, rename(name)]).toSorted(byText);

describe('compareNames', () => {
  const cases: readonly (readonly [string, (name: string) => string])[] = [
    ['a prefix that came', (name) => `Head_${name}`],
    ['a prefix that went', (name) => name.replace('viseme_', '')],
    ['a prefix that was replaced', (name) => name.replace('viseme_', 'mouth.')],
    ['a suffix that came', (name) => `${name}_LOD0`],
    ['another case', (name) => name.toUpperCase()],
    ['other punctuation', (name) => name.replace('_', '.')],
  ];

  it.each(cases)('recognizes %s', (_, rename) => {
    const changes = compareNames([...OCULUS_MORPHS, 'blink'], [...OCULUS_MORPHS.map(rename), 'smile']);
    expect(changes).toEqual({ added: ['smile'], removed: ['blink'], renamed: pairsOf(OCULUS_MORPHS, rename) });
  });

  it('accepts a single rename only if most of the name stayed', () => {
    expect(compareNames(['jawOpen'], ['Head_jawOpen']).renamed).toEqual([['jawOpen', 'Head_jawOpen']]);
    expect(compareNames(['Body'], ['Body.001']).renamed).toEqual([['Body', 'Body.001']]);
    expect(compareNames(['aa'], ['viseme_aa']).renamed).toEqual([]);
    expect(compareNames(['Hips'], ['TheVeryLongNameOfAnotherHips']).renamed).toEqual([]);
    expect(compareNames(['Arm_L'], ['Arm_R']).renamed).toEqual([]);
  });

  it('does not guess between two names with the same spelling', () => {
    expect(compareNames(['eye_l', 'EyeL'], ['eye.l', 'eye-l'])).toMatchObject({ renamed: [] });
  });

  it('ignores names that did not change', () => {
    expect(compareNames(['a', 'b'], ['b', 'a'])).toEqual({ added: [], removed: [], renamed: [] });
  });

  it('handles hostile lists in limited time', () => {
    const names = (prefix: string) =>
      Array.from({ length: 2000 }, (_, index) => `${prefix}${'x'.repeat(180)}${index * 7}`);
    const before = threadCpuMs();
    const { renamed } = compareNames(names('a'), names('b'));
    expect(renamed).toHaveLength(2000);
    expect(threadCpuMs(before)).toBeLessThan(1500);
  });
});
