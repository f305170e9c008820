import type { ICruiseResult } from 'dependency-cruiser';

type Modules = ICruiseResult['modules'];

/** The imports of one folder from its siblings. */
export interface Arrow {
  readonly from: string;
  readonly to: readonly string[];
}

/** Folders that are listed separately from the folder that contains them. */
const NESTED = /^(?:ipc\/(?:electron|loopback|content)|features\/[^/]+)$/;

/** `main/ipc/electron/transport.ts` is in `ipc/electron`, `main/sync/sync.ts` in `sync`, `main/compose.ts` is `compose`. */
function placeIn(top: string, path: string): string | null {
  if (!path.startsWith(`${top}/`)) return null;
  const parts = path.slice(top.length + 1).split('/');
  const nested = parts.slice(0, 2).join('/');
  if (parts.length > 2 && NESTED.test(nested)) return nested;
  return (parts[0] ?? '').replace(/\.tsx?$/, '');
}

/**
 * Lists the arrows between the folders directly below `top`, from top to bottom: each folder comes
 * before everything it imports. Throws if there is no such order, because an arrow points back up.
 */
export function arrowsIn(modules: Modules, top: string): readonly Arrow[] {
  const targets = new Map<string, Set<string>>();
  for (const { source, dependencies } of modules) {
    const from = placeIn(top, source);
    if (from === null) continue;
    const to = targets.get(from) ?? new Set<string>();
    targets.set(from, to);
    for (const { resolved } of dependencies) {
      const place = placeIn(top, resolved);
      if (place !== null && place !== from) to.add(place);
    }
  }
  const order = fromTopToBottom(targets);
  return order.map((from) => ({ from, to: order.filter((place) => targets.get(from)?.has(place)) }));
}

/** Kahn's algorithm, in alphabetical order where the arrows allow several. */
function fromTopToBottom(targets: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const left = new Set([...targets.keys()].sort());
  const order: string[] = [];
  while (left.size > 0) {
    const next = [...left].find((place) => ![...left].some((other) => targets.get(other)?.has(place)));
    if (next === undefined) throw new Error(`These folders import each other: ${[...left].join(', ')}`);
    left.delete(next);
    order.push(next);
  }
  return order;
}

/** One line for each folder, aligned: `sync      -> api, db, failures`. */
export function formatArrows(arrows: readonly Arrow[]): string {
  const width = Math.max(...arrows.map(({ from }) => from.length));
  return arrows.flatMap(({ from, to }) => wrapped(`${from.padEnd(width)} -> `, to)).join('\n');
}

/** The width of prose in the documentation. */
const MAX_COLUMNS = 100;

/** The names after `head`, on as many lines as they need. */
function wrapped(head: string, names: readonly string[]): string[] {
  const lines: string[] = [];
  let line = head;
  for (const [at, name] of names.entries()) {
    const item = at === names.length - 1 ? name : `${name}, `;
    if (line.length + item.trimEnd().length > MAX_COLUMNS) {
      lines.push(line.trimEnd());
      line = ' '.repeat(head.length);
    }
    line += item;
  }
  return [...lines, names.length === 0 ? `${head}(nothing)` : line];
}
