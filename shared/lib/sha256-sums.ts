/** One line of a `SHA256SUMS` file. */
export interface Sha256Sum {
  /** Relative to the folder of the file, with slashes. */
  readonly path: string;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

export interface ParsedSums {
  readonly sums: readonly Sha256Sum[];
  /** Numbers, from 1 on, of lines that are neither a sum, nor a comment, nor empty. */
  readonly badLines: readonly number[];
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };
const UNESCAPES: Readonly<Record<string, string>> = { '\\\\': '\\', '\\n': '\n', '\\r': '\r' };
const LINE = /^(\\?)([0-9a-f]{64}) [ *](.+)$/isu;

/**
 * The line, with its line break, that `sha256sum -c` of GNU coreutils reads: a path with a
 * backslash or a line break is escaped, and the line then starts with a backslash. Throws for a
 * path with a NUL, which no file system has.
 */
export function formatSum({ path, sha256 }: Sha256Sum): string {
  if (path.includes('\0')) throw new Error('a path cannot contain NUL');
  // A single dash would be standard input.
  const named = path === '-' ? './-' : path;
  const escaped = named.replaceAll(/[\\\n\r]/g, (character) => ESCAPES[character] ?? character);
  return `${escaped === named ? '' : '\\'}${sha256}  ${escaped}\n`;
}

/** Reads what `formatSum` and `sha256sum` write, in text and in binary mode, with any line ends. */
export function parseSums(text: string): ParsedSums {
  const sums: Sha256Sum[] = [];
  const badLines: number[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line === '' || line.startsWith('#')) continue;
    const sum = parseLine(line);
    if (sum) sums.push(sum);
    else badLines.push(index + 1);
  }
  return { sums, badLines };
}

function parseLine(line: string): Sha256Sum | null {
  const [, backslash, sha256 = '', written = ''] = LINE.exec(line) ?? [];
  if (backslash === undefined) return null;
  const path = backslash === '' ? written : unescapePath(written);
  return path === null ? null : { path: path.replace(/^\.\//, ''), sha256: sha256.toLowerCase() };
}

function unescapePath(written: string): string | null {
  const rest = written.replaceAll(/\\[\\nr]/g, '');
  if (rest.includes('\\')) return null;
  return written.replaceAll(/\\[\\nr]/g, (sequence) => UNESCAPES[sequence] ?? sequence);
}
