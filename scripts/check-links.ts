import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

export interface RelativeLink {
  /** From the repository's root; a folder or a file. */
  readonly target: string;
  /** The heading's anchor, without `#`. */
  readonly anchor: string | null;
  readonly line: number;
}

function withoutCode(source: string): string {
  return source.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1|`[^`\n]+`/gm, (code) => code.replace(/[^\n]/g, ' '));
}

/** Links to files of the repository, pictures included; links to the web are not followed. */
export function relativeLinks(path: string, source: string): RelativeLink[] {
  const links = withoutCode(source).matchAll(/\]\(([^()\s]+)\)|^\[[^\]]+\]: +(\S+)$/gm);
  return [...links].flatMap(({ 1: inline, 2: reference, index }) => {
    const address = inline ?? reference ?? '';
    if (/^[a-z]+:/i.test(address)) return [];
    const [file = '', anchor = null] = decodeURI(address).split('#');
    const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
    return [{ target, anchor, line: source.slice(0, index).split('\n').length }];
  });
}

/**
 * Paths of the repository that inline code names in full, such as `node/api-client/send-blocks.ts`.
 */
export function mentionedPaths(source: string): RelativeLink[] {
  const paths = source.matchAll(/`((?:shared|node|server|main|preload|renderer|cli|scripts|test|docs)\/[\w./-]+)`/g);
  return [...paths].map(({ 1: target = '', index }) => ({
    target,
    anchor: null,
    line: source.slice(0, index).split('\n').length,
  }));
}

/** The anchors that GitHub gives to the headings of a Markdown file. */
export function anchorsOf(source: string): Set<string> {
  const headings = source.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} +(.+)$/gm);
  const slugs = [...headings].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
  return new Set(slugs);
}

function isBroken({ target, anchor }: RelativeLink): boolean {
  if (!existsSync(target)) return true;
  return anchor !== null && target.endsWith('.md') && !anchorsOf(readFileSync(target, 'utf8')).has(anchor);
}

function main(): void {
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    encoding: 'utf8',
  });
  const files = stdout.split('\n').filter((path) => path !== '' && existsSync(path) && !path.includes('/fixtures/'));
  const links = files.flatMap((path) => {
    const source = readFileSync(path, 'utf8');
    return [...relativeLinks(path, source), ...mentionedPaths(source)].map((link) => ({ path, ...link }));
  });
  const broken = links.filter(isBroken);
  for (const { path, line, target, anchor } of broken)
    console.log(`${path}:${line}: there is no ${anchor === null ? target : `${target}#${anchor}`}`);
  console.log(`${links.length} links and paths in ${files.length} Markdown files, ${broken.length} broken`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

if (import.meta.main) main();
