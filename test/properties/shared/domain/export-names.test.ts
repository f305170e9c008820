import { array, assert, constantFrom, integer, oneof, property, string, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPathInside } from '../../../../shared/domain/exports/export-paths.ts';
import { PortableNames, portableName } from '../../../../shared/domain/exports/portable-names.ts';
import { formatSum, parseSums } from '../../../../shared/lib/sha256-sums.ts';
import { propertyRuns, testSeed } from '../../../support/property-runs.ts';

/** Written out again, so that it does not share a mistake with the code. */
const DEVICES = 'con prn aux nul conin$ conout$ com0 com1 com9 com¹ lpt0 lpt1 lpt9 lpt³'.split(' ');

const part = oneof(
  string({ unit: 'binary', maxLength: 20 }),
  constantFrom(
    ...DEVICES,
    'CON',
    ' ',
    '.',
    '..',
    'é',
    'e\u0301',
    'ſ',
    'K',
    'İ',
    'ı',
    'ß',
    '\u200d',
    ':',
    '\\',
    '/',
    '.gab',
  ),
);
const anyName = array(part, { maxLength: 8 }).map((parts) => parts.join(''));
const maxUnits = integer({ min: 24, max: 80 });

function expectPortable(name: string, units: number): void {
  expect(name.isWellFormed()).toBe(true);
  expect(name.normalize('NFC')).toBe(name);
  expect(name.length).toBeLessThanOrEqual(units);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}]|^[\s.]|[\s.]$|^$/u);
  expect(DEVICES).not.toContain(name.split('.')[0]?.trim().toLowerCase());
  expect(isPathInside(name)).toBe(true);
}

describe(`names of exports, seed ${testSeed}`, () => {
  test('are allowed on every platform and differ on every platform', () => {
    assert(
      property(array(anyName, { maxLength: 30 }), maxUnits, (originals, units) => {
        const folder = new PortableNames();
        const names = originals.map((original) => folder.take(original, { maxUnits: units, fallback: 'avatar.gab' }));
        for (const name of names) expectPortable(name, units);
        for (const fold of [
          (name: string) => name.toLowerCase(),
          (name: string) => name.toUpperCase(),
          (name: string) => name.normalize('NFD').toLowerCase(),
          (name: string) => name.toUpperCase().normalize('NFD').toLowerCase(),
        ])
          expect(new Set(names.map(fold)).size).toBe(names.length);
      }),
      propertyRuns(1000),
    );
  });

  test('keep the extension, and a name that is portable stays as it is', () => {
    assert(
      property(tuple(anyName, constantFrom('.gab', '.VRM', '.tar.gz', '.白')), maxUnits, ([stem, extension], units) => {
        const limit = { maxUnits: units, fallback: 'avatar.gab' };
        const name = portableName(`x${stem}${extension}`, limit);
        expect(name.endsWith(extension.slice(extension.lastIndexOf('.')))).toBe(true);
        expect(portableName(name, { ...limit, maxUnits: units + 1 })).toBe(name);
      }),
      propertyRuns(1000),
    );
  });
});

describe(`SHA256SUMS, seed ${testSeed}`, () => {
  test('gives back every path that a file system can have', () => {
    const path = anyName
      .map((name) =>
        name
          .toWellFormed()
          .replaceAll('\0', '')
          .replace(/^(?:\.\/)+/, ''),
      )
      .filter((name) => name !== '');
    assert(
      property(array(path, { maxLength: 10 }), (paths) => {
        const sums = paths.map((one, index) => ({ path: one, sha256: index.toString(16).padStart(64, '0') }));
        expect(parseSums(sums.map(formatSum).join(''))).toEqual({ sums, badLines: [] });
      }),
      propertyRuns(1000),
    );
  });
});
