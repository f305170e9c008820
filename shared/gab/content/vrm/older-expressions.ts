import { type ExpressionContext, hasColor, ignored, weighs } from './expression-binds.ts';
import { OLDER_PRESETS } from './expression-names.ts';
import type { VrmPlace } from './vrm-place.ts';

/** VRM 0.x: the groups of blend shapes that move something, by their VRM 1.0 names. */
export function movingOlderExpressions(master: VrmPlace, context: ExpressionContext): Set<string> {
  const moving = new Set<string>();
  const seen = new Set<string>();
  const groups = master.at('blendShapeGroups');
  for (const group of groups.value ? context.findings.items(groups) : []) {
    const name = nameOf(group);
    if (name === null || seen.has(name)) {
      context.findings.loss('preset', group, { name: name ?? '' });
      continue;
    }
    seen.add(name);
    const moves = [...meshBinds(group, context), ...materialValues(group, context)];
    if (moves.includes(true)) moving.add(name);
  }
  return moving;
}

function nameOf(group: VrmPlace): string | null {
  const preset = OLDER_PRESETS.get(group.at('presetName').value);
  const name = preset ?? group.at('name').value;
  return typeof name === 'string' ? name : null;
}

function meshBinds(group: VrmPlace, { targets, findings }: ExpressionContext): boolean[] {
  const binds = group.at('binds');
  if (!binds.value) return [];
  return findings.items(binds).map((bind) => {
    const mesh = targets.usedMesh(bind.at('mesh'));
    if (mesh === undefined || !targets.hasMorph(mesh, bind.at('index'))) return ignored(findings, bind);
    return targets.isMeshShown(mesh) && weighs(bind, 100);
  });
}

/** What Unity calls the colors. */
const COLOR_NAMES: ReadonlyMap<unknown, string> = new Map([
  ['_Color', 'color'],
  ['_EmissionColor', 'emissionColor'],
  ['_ShadeColor', 'shadeColor'],
  ['_RimColor', 'rimColor'],
  ['_OutlineColor', 'outlineColor'],
]);

function materialValues(group: VrmPlace, { targets, findings }: ExpressionContext): boolean[] {
  const values = group.at('materialValues');
  if (!values.value) return [];
  return findings.items(values).map((value) => {
    const [target, property] = [value.at('targetValue'), value.at('propertyName').value];
    if (target.value === undefined || property === undefined) return ignored(findings, value);
    const materials = targets.materialsNamed(value.at('materialName').value);
    if (!materials) return ignored(findings, value.at('materialName'));
    if (!target.isPresent) findings.fault('structure', target);
    const { shadings, hasTexture } = materials;
    const color = COLOR_NAMES.get(property);
    const moves = property === '_MainTex_ST' ? hasTexture : [...shadings].some((shading) => hasColor(shading, color));
    return moves || ignored(findings, value.at('propertyName'));
  });
}
