import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { EXCEPTION_LIMIT, type LanguageException, languageExceptions } from './language/exceptions.ts';
import { findPhrases, type LanguageFinding } from './language/find-phrases.ts';
import { findWideLines } from './language/wrapping.ts';

const LINTED = /\.(?:ts|tsx|mjs|md|html|css|yml)$/;
/** Texts by others, and the files that quote the phrases. */
const EXEMPT =
  /(?:^|\/)(?:migrations|fixtures|LICENSES)\/|(?:^|\/)LICENSES\.md$|^scripts\/language\/(?:banned-phrases|exceptions)\.ts$|scripts\/language\.test\.ts$/;

/** Files of the working tree that Git does not ignore, below `paths` or everywhere. */
function listFiles(paths: readonly string[]): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '--', ...paths];
  const { stdout, status, stderr } = spawnSync('git', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').filter((path) => LINTED.test(path) && !EXEMPT.test(path));
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function check(path: string): LanguageFinding[] {
  const source = readIfThere(path);
  if (source === null) return [];
  return [...findPhrases(path, source), ...(path.endsWith('.md') ? findWideLines(path, source) : [])];
}

function isExcepted(finding: LanguageFinding): (exception: LanguageException) => boolean {
  return ({ path, phrase }) => path === finding.path && phrase === finding.phrase;
}

function printTotals(findings: readonly LanguageFinding[]): void {
  const byFolder = Map.groupBy(findings, ({ path }) => path.split('/').slice(0, 2).join('/'));
  for (const [folder, { length }] of [...byFolder].sort(([, a], [, b]) => b.length - a.length))
    console.log(`${String(length).padStart(6)}  ${folder}`);
}

function main(): void {
  const paths = process.argv.slice(2);
  const all = listFiles(paths).flatMap(check);
  const findings = all.filter((finding) => !languageExceptions.some(isExcepted(finding)));
  const unused = languageExceptions.filter((exception) => !all.some((finding) => isExcepted(finding)(exception)));
  for (const { path, line, phrase, instead } of findings) console.log(`${path}:${line}: "${phrase}" -> ${instead}`);
  if (findings.length > 0) printTotals(findings);
  const isWhole = paths.length === 0;
  if (isWhole) for (const { path, phrase } of unused) console.log(`exception no longer needed: ${path}: "${phrase}"`);
  const { length: exceptions } = languageExceptions;
  console.log(`${findings.length} phrases to reword, ${exceptions} of at most ${EXCEPTION_LIMIT} exceptions`);
  const isClean = findings.length === 0 && exceptions <= EXCEPTION_LIMIT && !(isWhole && unused.length > 0);
  process.exitCode = isClean ? 0 : 1;
}

if (import.meta.main) main();
