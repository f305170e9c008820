import { describe, expect, it } from 'vitest';
import { fileStem, numberedFileName, safeFileName } from '../../../../shared/domain/file-names.ts';
import { MAX_FILE_NAME_BYTES } from '../../../../shared/domain/limits.ts';

const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

describe('safeFileName', () => {
  it.each([
    ['Zoë "白い".gab', 'linux', 'Zoë "白い".gab'],
    ['Zoë "白い".gab', 'macos', 'Zoë "白い".gab'],
    ['Zoë "白い".gab', 'windows', 'Zoë _白い_.gab'],
    ['a/b\\c.gab', 'linux', 'a_b\\c.gab'],
    ['a:b.gab', 'macos', 'a_b.gab'],
    ['con.gab', 'windows', '_con.gab'],
    ['COM1', 'windows', '_COM1'],
    ['aux .gab', 'windows', '_aux .gab'],
    ['CONIN$', 'windows', '_CONIN$'],
    ['console.gab', 'windows', 'console.gab'],
    ['name. . ', 'windows', 'name'],
    ['..', 'linux', 'avatar.gab'],
    ['', 'linux', 'avatar.gab'],
    ['evil\u202egnp.gab', 'linux', 'evil_gnp.gab'],
    ['a\u0000b\n.gab', 'linux', 'ab.gab'],
  ] as const)('%j on %s is saved as %j', (original, platform, expected) => {
    expect(safeFileName(original, platform)).toBe(expected);
  });

  it('cuts between characters and keeps the extension', () => {
    const name = safeFileName(`${'白'.repeat(200)}.gab`, 'linux');
    expect(bytes(name)).toBeLessThanOrEqual(MAX_FILE_NAME_BYTES);
    expect(name).toMatch(/^白+\.gab$/);
  });
});

describe('numberedFileName', () => {
  it('puts the number before the extension', () => {
    expect(numberedFileName('Mara.gab', 1)).toBe('Mara.gab');
    expect(numberedFileName('Mara.gab', 2)).toBe('Mara (2).gab');
    expect(numberedFileName('Mara', 12)).toBe('Mara (12)');
  });

  it('stays within the length limit', () => {
    const long = `${'x'.repeat(MAX_FILE_NAME_BYTES - 4)}.gab`;
    expect(bytes(numberedFileName(long, 10))).toBeLessThanOrEqual(MAX_FILE_NAME_BYTES);
    expect(numberedFileName(long, 10)).toMatch(/ \(10\)\.gab$/);
  });
});

describe('fileStem', () => {
  it('removes the last extension, but keeps a leading dot', () => {
    expect(fileStem('a.b.gab')).toBe('a.b');
    expect(fileStem('.gab')).toBe('.gab');
    expect(fileStem('plain')).toBe('plain');
  });
});
