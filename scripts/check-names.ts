import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';

interface Program {
  readonly name: string;
  readonly files: readonly string[];
  readonly except?: string;
}

export interface ExportedName {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

const programs: readonly Program[] = [
  { name: 'shared', files: ['shared/**/*.ts'] },
  { name: 'node', files: ['node/**/*.ts'] },
  { name: 'server', files: ['server/**/*.ts'] },
  { name: 'desktop main', files: ['main/**/*.ts', 'preload/**/*.ts'] },
  { name: 'renderer', files: ['renderer/**/*.{ts,tsx}'], except: 'renderer/preview-frame/' },
  { name: 'preview frame', files: ['renderer/preview-frame/**/*.{ts,tsx}'] },
  { name: 'cli', files: ['cli/**/*.ts'] },
];

/** A table is named after what it holds, and so may be the value or the route that shows it. */
function isDrizzleTable(source: string, name: string): boolean {
  return new RegExp(`export const ${name} = (?:pgTable|sqliteTable|pgSchema|\\w+\\.table)\\b`).test(source);
}

/** Names that a file declares and exports: no re-exports, no drizzle tables, a type and a value of one name once. */
export function exportedNames(path: string, source: string): ExportedName[] {
  const { module } = parseSync(path, source);
  const names = new Map<string, ExportedName>();
  for (const { exportName, moduleRequest, start } of module.staticExports.flatMap(({ entries }) => entries)) {
    const { name } = exportName;
    if (name === null || moduleRequest) continue;
    if (!names.has(name) && !isDrizzleTable(source, name))
      names.set(name, { name, path, line: source.slice(0, start).split('\n').length });
  }
  return [...names.values()];
}

/** The names that more than one of these files exports, with all places. */
export function equalNames(exported: readonly ExportedName[]): Map<string, readonly ExportedName[]> {
  const byName = Map.groupBy(exported, ({ name }) => name);
  return new Map([...byName].filter(([, places]) => places.length > 1).sort(([a], [b]) => a.localeCompare(b)));
}

function filesOf({ files, except }: Program): string[] {
  return globSync([...files])
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !(except && path.startsWith(except)) && !path.endsWith('.d.ts'))
    .sort();
}

function exportsOf(program: Program): ExportedName[] {
  return filesOf(program).flatMap((path) => exportedNames(path, readFileSync(path, 'utf8')));
}

/** Every program imports `shared`, so none names a type, class or component like one of its types. */
function typesOfShared(): ExportedName[] {
  const shared = programs.filter(({ name }) => name === 'shared').flatMap(exportsOf);
  return shared.filter(({ name }) => /^[A-Z][^_]*[a-z]/.test(name));
}

function main(): void {
  const sharedTypes = typesOfShared();
  let count = 0;
  for (const program of programs) {
    const own = exportsOf(program);
    const ownNames = new Set(own.map(({ name }) => name));
    const shared = program.name === 'shared' ? [] : sharedTypes.filter(({ name }) => ownNames.has(name));
    for (const [name, places] of equalNames([...shared, ...own])) {
      count += 1;
      console.log(`${program.name}: ${name}: ${places.map(({ path, line }) => `${path}:${line}`).join(', ')}`);
    }
  }
  console.log(`${count} names are exported more than once within one program`);
  process.exitCode = count === 0 ? 0 : 1;
}

if (import.meta.main) main();
