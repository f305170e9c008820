import { readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser';
import { arrowsIn, formatArrows } from './import-arrows.ts';
import { checkedFolders, type FolderRules, folders, MODULE_FLOOR } from './layers.ts';

export interface LayerReport {
  readonly moduleCount: number;
  readonly violations: readonly string[];
  /** The arrows inside each drawn folder, one line for each folder. */
  readonly arrows: Readonly<Record<DrawnFolder, string>>;
}

/** Folders whose inner arrows are printed, and listed in docs/architecture.md. */
const DRAWN = ['main', 'server', 'shared'] as const;
type DrawnFolder = (typeof DRAWN)[number];

type Import = Pick<IModule['dependencies'][number], 'module' | 'resolved' | 'dependencyTypes'>;

function rulesFor(path: string): FolderRules | undefined {
  return folders.find(({ folder }) => path.startsWith(folder));
}

/** `@scope/name/deep` and `name/deep` are the packages `@scope/name` and `name`. */
function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function isOwnFile(imported: Import): boolean {
  return imported.module.startsWith('.') || imported.module.startsWith('/');
}

/** Returns why `source` may not import `imported`, or null if the table allows it. */
export function judgeImport(source: string, imported: Import): string | null {
  const rules = rulesFor(source);
  if (!rules) return `${source} belongs to no folder of the import table`;
  if (isOwnFile(imported)) return judgeOwnFile(source, imported, rules);
  if (isBuiltin(imported.module)) return rules.node ? null : `${source} may not import ${imported.module}`;
  const name = packageName(imported.module);
  return rules.packages.includes(name) ? null : `${source} may not use the package ${name}`;
}

function judgeOwnFile(source: string, imported: Import, { folder, imports, types }: FolderRules): string | null {
  const target = imported.resolved.split('?')[0] ?? imported.resolved;
  const isIn = (places: readonly string[]) => places.some((place) => target.startsWith(place));
  if (isIn([folder, ...imports])) return null;
  if (!isIn(types)) return `${source} may not import ${target}`;
  return imported.dependencyTypes.includes('type-only') ? null : `${source} may import only types of ${target}`;
}

/** Checks every import of the product's folders against the import table. */
export async function checkLayers(): Promise<LayerReport> {
  const { output } = await cruise([...checkedFolders], {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node'],
    },
  });
  const modules = (output as ICruiseResult).modules.filter(
    ({ source }) => /\.(ts|tsx|mjs)$/.test(source) && rulesFor(source),
  );
  const violations = modules.flatMap(({ source, dependencies }) =>
    dependencies.map((imported) => judgeImport(source, imported)).filter((reason) => reason !== null),
  );
  const arrowsOf = (folder: DrawnFolder) => formatArrows(arrowsIn(modules, folder));
  const arrows = { main: arrowsOf('main'), server: arrowsOf('server'), shared: arrowsOf('shared') };
  return { moduleCount: modules.length, violations, arrows };
}

const ARCHITECTURE = join(import.meta.dirname, '../docs/architecture.md');

/** Returns `text` with these arrows in the code block below the heading "Imports inside FOLDER". */
function withArrows(text: string, folder: DrawnFolder, arrows: string): string {
  const block = new RegExp(`(### Imports inside ${folder}\\n[\\s\\S]*?\`\`\`\\n)[\\s\\S]*?(\`\`\`)`);
  if (!block.test(text)) throw new Error(`docs/architecture.md has no block "Imports inside ${folder}"`);
  return text.replace(block, (_whole, before: string, after: string) => `${before}${arrows}\n${after}`);
}

/** Checks that docs/architecture.md lists these arrows; with `--write`, updates it instead. */
function isDocumented(arrows: LayerReport['arrows']): boolean {
  const before = readFileSync(ARCHITECTURE, 'utf8');
  const after = DRAWN.reduce((text, folder) => withArrows(text, folder, arrows[folder]), before);
  if (process.argv.includes('--write')) writeFileSync(ARCHITECTURE, after);
  return before === after || process.argv.includes('--write');
}

async function main(): Promise<void> {
  const { moduleCount, violations, arrows } = await checkLayers();
  for (const folder of DRAWN) console.log(`${folder}:\n${arrows[folder]}\n`);
  for (const violation of violations) console.error(violation);
  if (moduleCount < MODULE_FLOOR) console.error(`only ${moduleCount} modules were read, fewer than ${MODULE_FLOOR}`);
  const isCurrent = isDocumented(arrows);
  if (!isCurrent) console.error('docs/architecture.md lists different arrows; `npm run layers -- --write` updates it');
  console.log(`${moduleCount} modules, ${violations.length} imports that the table does not allow`);
  process.exitCode = violations.length === 0 && moduleCount >= MODULE_FLOOR && isCurrent ? 0 : 1;
}

if (import.meta.main) await main();
