import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { PackedApp } from './asar-archive.ts';
import { namedByCode } from './named-by-code.ts';
import { namedByPage } from './named-by-page.ts';

const MIGRATIONS = 'main/db/migrations';
/** The folders that the two pages and their files come from. A name of one may be a file of the other. */
const SCREEN_DIRS = ['out/renderer', 'out/preview'] as const;
/** At the end of a file; within one, it belongs to a program that a library carries as text. */
const SOURCE_MAP = /\/\/[#@] sourceMappingURL=\S+\s*$/;

interface CodeFile {
  readonly app: PackedApp;
  readonly path: string;
  readonly code: string;
}

/**
 * Returns a line for each name in packed code that leads nowhere: to a module, program, page, built
 * file or migration that is not in the package itself.
 */
export async function unresolvedNames(app: PackedApp): Promise<readonly string[]> {
  const problems = [...(await migrationProblems(app))];
  for (const path of app.files.keys()) {
    if (!/\.(?:js|mjs|cjs|css|html)$/.test(path)) continue;
    const file = { app, path, code: (await app.read(path)).toString('utf8') };
    problems.push(...(await problemsOf(file)).map((problem) => `${path}: ${problem}`));
  }
  return problems;
}

function problemsOf(file: CodeFile): Promise<readonly string[]> | readonly string[] {
  const isOfScreen = SCREEN_DIRS.some((dir) => file.path.startsWith(`${dir}/`));
  const maps = SOURCE_MAP.test(file.code) ? ['names a source map'] : [];
  return isOfScreen ? [...maps, ...screenProblems(file)] : codeProblems(file, maps);
}

function screenProblems({ app, path, code }: CodeFile): readonly string[] {
  const dir = SCREEN_DIRS.find((one) => path.startsWith(`${one}/`)) ?? '';
  const missing = namedByPage(path.slice(dir.length), code).filter(
    (address) => !SCREEN_DIRS.some((one) => app.files.has(one + address)),
  );
  const bare = path.endsWith('.js') ? namedByCode(path, code).modules.filter((name) => !/^\.{0,2}\//.test(name)) : [];
  return [...missing.map((address) => `${address} is missing`), ...bare.map((name) => `imports the package ${name}`)];
}

async function codeProblems(file: CodeFile, problems: readonly string[]): Promise<readonly string[]> {
  const { modules, files } = namedByCode(file.path, file.code);
  const missing = [...problems];
  for (const name of modules) if (!(await isResolved(file, name))) missing.push(`${name} cannot be resolved`);
  return [...missing, ...files.filter((name) => !isPacked(file.app, name)).map((name) => `${name} is missing`)];
}

function isPacked({ files }: PackedApp, name: string): boolean {
  return [...files.keys()].some((path) => path.endsWith(`/${name}`));
}

async function isResolved({ app, path }: CodeFile, name: string): Promise<boolean> {
  if (name === 'electron') return true;
  if (name.startsWith('.')) return isModule(app, posix.join(posix.dirname(path), name), isEsModule(path));
  return isBuiltin(name) || isPackage(app, name);
}

/** In ES modules the whole name must be given. */
function isEsModule(path: string): boolean {
  return path.endsWith('.mjs') || path.startsWith('out/main/');
}

function isModule({ files }: PackedApp, path: string, isExact: boolean): boolean {
  const endings = isExact ? [''] : ['', '.js', '.cjs', '.json', '/index.js'];
  return endings.some((ending) => files.has(path + ending));
}

/** Packages keep their folder: `node_modules` of the root, the only one that is packed. */
async function isPackage(app: PackedApp, name: string): Promise<boolean> {
  const [, packageName = '', inside] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(name) ?? [];
  const folder = `node_modules/${packageName}`;
  if (!app.files.has(`${folder}/package.json`)) return false;
  if (inside) return isModule(app, `${folder}/${inside}`, false);
  const { main = 'index.js' } = JSON.parse((await app.read(`${folder}/package.json`)).toString('utf8')) as {
    readonly main?: string;
  };
  return isModule(app, posix.join(folder, main), false);
}

async function migrationProblems(app: PackedApp): Promise<readonly string[]> {
  const journalPath = `${MIGRATIONS}/meta/_journal.json`;
  if (!app.files.has(journalPath)) return [`${journalPath} is missing`];
  const journal = JSON.parse((await app.read(journalPath)).toString('utf8')) as {
    readonly entries: readonly { readonly tag: string }[];
  };
  const missing = journal.entries.filter(({ tag }) => !app.files.has(`${MIGRATIONS}/${tag}.sql`));
  return missing.map(({ tag }) => `${journalPath}: the migration ${tag} is missing`);
}
