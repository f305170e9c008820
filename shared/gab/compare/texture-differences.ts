import type { TextureSummary } from './bundle-summary.ts';
import type { DifferenceList } from './difference-list.ts';
import type { ModelPair } from './model-pair.ts';
import { compareNames, describeRename } from './renames.ts';

/** Pictures inside a model, by name. */
export function compareTextures({ path, before, after }: ModelPair, list: DifferenceList): void {
  const [olds, news] = [byName(before.textures), byName(after.textures)];
  const { added, removed, renamed } = compareNames([...olds.keys()], [...news.keys()]);
  list.addNames('textures-removed', 'visible', { path, names: removed });
  list.addNames('textures-added', 'visible', { path, names: added });
  list.addNames('textures-renamed', 'harmless', { path, names: renamed.map(describeRename) });
  const newNames = new Map(renamed);
  const pairs = [...olds].flatMap(([name, texture]) => {
    const other = news.get(newNames.get(name) ?? name);
    return other ? [{ before: texture, after: other }] : [];
  });
  compareSizes(pairs, path, list);
}

interface TexturePair {
  readonly before: TextureSummary;
  readonly after: TextureSummary;
}

function compareSizes(pairs: readonly TexturePair[], path: string, list: DifferenceList): void {
  const resized = pairs.filter(({ before, after }) => pixelsOf(before) !== pixelsOf(after));
  const sizes = resized.map(({ before, after }) => `${after.name} (${pixelsOf(before)} → ${pixelsOf(after)})`);
  list.addNames('textures-resized', 'visible', { path, names: sizes });
  const reformatted = pairs.filter(({ before, after }) => before.format !== after.format);
  const formats = reformatted.map(({ before, after }) => `${after.name} (${before.format} → ${after.format})`);
  list.addNames('textures-format', 'harmless', { path, names: formats });
  const repainted = pairs.filter(
    (pair) => pair.before.sizeBytes !== pair.after.sizeBytes && !resized.includes(pair) && !reformatted.includes(pair),
  );
  const bytes = repainted.map(({ after }) => after.name);
  list.addNames('textures-bytes', 'visible', { path, names: bytes });
}

function byName(textures: readonly TextureSummary[]): ReadonlyMap<string, TextureSummary> {
  return new Map(textures.map((texture) => [texture.name, texture]));
}

function pixelsOf({ width, height }: TextureSummary): string {
  return width === null || height === null ? 'unknown size' : `${width} × ${height}`;
}
