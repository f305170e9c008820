import { isBuiltin } from 'node:module';
import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser';
import { checkedFolders, MODULE_FLOOR, type Room, rooms } from './layers.ts';

export interface LayerReport {
  readonly moduleCount: number;
  readonly violations: readonly string[];
}

type Import = Pick<IModule['dependencies'][number], 'module' | 'resolved'>;

function roomOf(path: string): Room | undefined {
  return rooms.find((room) => path.startsWith(room.folder));
}

/** `@scope/name/deep` and `name/deep` are the packages `@scope/name` and `name`. */
function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function isOwnFile(imported: Import): boolean {
  return imported.module.startsWith('.') || imported.module.startsWith('/');
}

/** Why `source` may not import `imported`, or null where the table allows it. */
export function judgeImport(source: string, imported: Import): string | null {
  const room = roomOf(source);
  if (!room) return `${source} belongs to no room of the import table`;
  if (isOwnFile(imported)) {
    const target = imported.resolved.split('?')[0] ?? imported.resolved;
    const allowed = [room.folder, ...room.imports].some((folder) => target.startsWith(folder));
    return allowed ? null : `${source} may not import ${target}`;
  }
  if (isBuiltin(imported.module)) return room.node ? null : `${source} may not import ${imported.module}`;
  const name = packageName(imported.module);
  return room.packages.includes(name) ? null : `${source} may not use the package ${name}`;
}

/** Reads every import of the product's folders and holds it against the import table. */
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
    ({ source }) => /\.(ts|tsx|mjs)$/.test(source) && roomOf(source),
  );
  const violations = modules.flatMap(({ source, dependencies }) =>
    dependencies.map((imported) => judgeImport(source, imported)).filter((reason) => reason !== null),
  );
  return { moduleCount: modules.length, violations };
}

async function main(): Promise<void> {
  const { moduleCount, violations } = await checkLayers();
  for (const violation of violations) console.error(violation);
  if (moduleCount < MODULE_FLOOR) console.error(`only ${moduleCount} modules were read, fewer than ${MODULE_FLOOR}`);
  console.log(`${moduleCount} modules, ${violations.length} imports against the table`);
  process.exitCode = violations.length === 0 && moduleCount >= MODULE_FLOOR ? 0 : 1;
}

if (import.meta.main) await main();
