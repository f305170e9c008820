import type { ICruiseResult } from 'dependency-cruiser';
import { describe, expect, test } from 'vitest';
import { arrowsIn, formatArrows } from '../../../scripts/import-arrows.ts';

type Modules = ICruiseResult['modules'];

/** `{ 'main/a/x.ts': ['main/b/y.ts'] }` as dependency-cruiser reports it. */
function modulesOf(imports: Readonly<Record<string, readonly string[]>>): Modules {
  return Object.entries(imports).map(([source, targets]) => ({
    source,
    dependencies: targets.map((resolved) => ({ resolved })),
  })) as unknown as Modules;
}

describe('arrowsIn', () => {
  test('lists each folder before everything it imports, with files at the top under their own name', () => {
    const modules = modulesOf({
      'main/compose.ts': ['main/sync/sync.ts', 'shared/lib/result.ts'],
      'main/db/rows.ts': [],
      'main/sync/sync.ts': ['main/db/rows.ts', 'main/sync/pull.ts'],
      'main/sync/pull.ts': ['main/db/rows.ts'],
      'main/ipc/electron/transport.ts': ['main/ipc/handlers.ts'],
      'main/ipc/handlers.ts': ['main/sync/sync.ts'],
    });
    expect(formatArrows(arrowsIn(modules, 'main'))).toBe(
      [
        'compose      -> sync',
        'ipc/electron -> ipc',
        'ipc          -> sync',
        'sync         -> db',
        'db           -> (nothing)',
      ].join('\n'),
    );
  });

  test('continues a long list on the next line', () => {
    const names = Array.from({ length: 12 }, (_, at) => `main/features-${at + 10}/x.ts`);
    const modules = modulesOf({ 'main/compose.ts': names, ...Object.fromEntries(names.map((name) => [name, []])) });
    const lines = formatArrows(arrowsIn(modules, 'main')).split('\n');
    expect(lines[0]).toMatch(/^compose {5}-> features-10, .*,$/);
    expect(lines[1]).toMatch(/^ {15}features-/);
    expect(
      lines
        .slice(0, 2)
        .join('')
        .match(/features-\d\d/g),
    ).toHaveLength(12);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  });

  test('refuses folders that import each other', () => {
    const modules = modulesOf({ 'shared/gab/a.ts': ['shared/domain/b.ts'], 'shared/domain/b.ts': ['shared/gab/a.ts'] });
    expect(() => arrowsIn(modules, 'shared')).toThrow('These folders import each other: domain, gab');
  });
});
