import { describe, expect, it } from 'vitest';
import {
  MAX_FILE_NAME_UNITS,
  nameKey,
  PortableNames,
  portableName,
} from '../../../../../shared/domain/exports/portable-names.ts';

const limit = { maxUnits: MAX_FILE_NAME_UNITS, fallback: 'avatar.gab' };
const taken = (...names: readonly string[]) => {
  const folder = new PortableNames();
  return names.map((name) => folder.take(name, limit));
};

describe('a portable name', () => {
  it.each([
    ['Zoë 白い.gab', 'Zoë 白い.gab'],
    ['مارا.gab', 'مارا.gab'],
    ['a<b>c:d"e/f\\g|h?i*j.gab', 'a_b_c_d_e_f_g_h_i_j.gab'],
    ['a\u0000b\n.gab', 'ab.gab'],
    ['evil\u202egnp.gab', 'evil_gnp.gab'],
    ['con.gab', '_con.gab'],
    ['LPT¹', '_LPT¹'],
    ['aux .gab', '_aux .gab'],
    ['conout$.txt', '_conout$.txt'],
    ['console.gab', 'console.gab'],
    [' name. . ', 'name'],
    ['.hidden.gab', '_.hidden.gab'],
    ['..', 'avatar.gab'],
    ['\u200d\u200b', 'avatar.gab'],
    ['Zoe\u0308.gab', 'Zoë.gab'],
    ['half \ud800.gab', 'half \ufffd.gab'],
  ])('of %j is %j', (original, expected) => {
    expect(portableName(original, limit)).toBe(expected);
  });

  it('is cut before its extension, between characters', () => {
    expect(portableName(`${'x'.repeat(200)}.gab`, limit)).toBe(`${'x'.repeat(MAX_FILE_NAME_UNITS - 5)}.gab`);
    const emoji = portableName(`${'😀'.repeat(60)}.gab`, limit);
    expect(emoji).toMatch(/^😀+\.gab$/u);
    expect(emoji.length).toBeLessThanOrEqual(MAX_FILE_NAME_UNITS);
  });

  it('that becomes a device only by being cut is changed, too', () => {
    expect(portableName(`con${' '.repeat(100)}x.gab`, limit)).toBe('_con.gab');
  });
});

describe('the names of one folder', () => {
  it('number twins in case, in accents and in invisible characters', () => {
    expect(taken('Mara.gab', 'mara.GAB', 'MARA.gab')).toEqual(['Mara.gab', 'mara (2).GAB', 'MARA (3).gab']);
    expect(taken('Zoë', 'Zoe\u0308', 'zo\u200dë')).toEqual(['Zoë', 'Zoë (2)', 'zo\u200dë (3)']);
    expect(taken('straße', 'STRASSE')).toEqual(['straße', 'STRASSE (2)']);
  });

  it('skip numbers that another file has in its name', () => {
    expect(taken('a (2).gab', 'a.gab', 'A.gab', 'a.gab')).toEqual(['a (2).gab', 'a.gab', 'A (3).gab', 'a (4).gab']);
  });

  it('are found quickly for thousands of equal ones', () => {
    const names = taken(...Array<string>(5000).fill('a.gab'));
    expect(new Set(names.map(nameKey)).size).toBe(5000);
    expect(names.at(-1)).toBe('a (5000).gab');
  });

  it('leave reserved names alone', () => {
    expect(new PortableNames(['manifest.json']).take('Manifest.JSON', limit)).toBe('Manifest (2).JSON');
  });
});
