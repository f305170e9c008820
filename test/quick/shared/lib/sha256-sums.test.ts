import { describe, expect, it } from 'vitest';
import { formatSum, parseSums } from '../../../../shared/lib/sha256-sums.ts';

const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('a line of SHA256SUMS', () => {
  it.each([
    ['a/b c.gab', `${sha256}  a/b c.gab\n`],
    ['白い.gab', `${sha256}  白い.gab\n`],
    ['a\\b\nc\rd', `\\${sha256}  a\\\\b\\nc\\rd\n`],
    ['-', `${sha256}  ./-\n`],
  ])('of %j is %j', (path, line) => {
    expect(formatSum({ path, sha256 })).toBe(line);
    expect(parseSums(line)).toEqual({ sums: [{ path, sha256 }], badLines: [] });
  });

  it('cannot name a path with NUL', () => {
    expect(() => formatSum({ path: 'a\0', sha256 })).toThrow('NUL');
  });
});

describe('reading SHA256SUMS', () => {
  it('takes binary mode, upper case, Windows line ends, comments and empty lines', () => {
    const text = `# by hand\r\n\r\n${sha256.toUpperCase()} *a.gab\r\n${sha256}  ./b.gab`;
    expect(parseSums(text)).toEqual({
      sums: [
        { path: 'a.gab', sha256 },
        { path: 'b.gab', sha256 },
      ],
      badLines: [],
    });
  });

  it('names the lines that are not sums', () => {
    const text = `${sha256}  a\nnot a sum\n${sha256}\n\\${sha256}  odd\\x\n${sha256.slice(1)}  short\n`;
    expect(parseSums(text)).toMatchObject({ sums: [{ path: 'a' }], badLines: [2, 3, 4, 5] });
  });
});
