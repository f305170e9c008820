import type { DrawnMaterial } from './drawn-materials.ts';
import { type ExpressionContext, hasColor, ignored, weighs } from './expression-binds.ts';
import { PRESET_NAMES } from './expression-names.ts';
import { ExpressionTargets } from './expression-targets.ts';
import { movingOlderExpressions } from './older-expressions.ts';
import type { VrmFindings } from './vrm-findings.ts';
import type { VrmModel } from './vrm-model.ts';
import type { VrmPlace } from './vrm-place.ts';

/**
 * The names of the expressions that move something in the scene that is shown, by their VRM 1.0
 * names, as the preview counts them. What three-vrm can't load or leaves out becomes a finding.
 */
export function findMovingExpressions(model: VrmModel, findings: VrmFindings): ReadonlySet<string> {
  const { expressions } = model;
  if (!expressions) return new Set();
  const targets = new ExpressionTargets(model);
  const moving =
    expressions.version === 1
      ? movingCurrentExpressions(expressions.place, { model, targets, findings })
      : movingOlderExpressions(expressions.place, { model, targets, findings });
  return model.hasFigure ? moving : new Set();
}

function movingCurrentExpressions(expressions: VrmPlace, context: ExpressionContext): Set<string> {
  const moving = new Set<string>();
  for (const [name, expression] of namedExpressions(expressions, context.findings)) {
    // All binds are looked at, because any of them may be one that three-vrm fails at.
    const moves = [
      ...morphBinds(expression, context),
      ...materialBinds(expression, context, 'materialColorBinds', colorMoves),
      ...materialBinds(expression, context, 'textureTransformBinds', (_, { hasTexture }) => hasTexture),
    ];
    if (moves.includes(true)) moving.add(name);
  }
  return moving;
}

function namedExpressions(expressions: VrmPlace, findings: VrmFindings): Map<string, VrmPlace> {
  const named = new Map<string, VrmPlace>();
  for (const [name, place] of expressions.at('preset').fields) {
    if (!place.isPresent) continue;
    if (PRESET_NAMES.has(name)) named.set(name, place);
    else findings.loss('preset', place, { name });
  }
  for (const [name, place] of expressions.at('custom').fields) {
    if (PRESET_NAMES.has(name)) findings.loss('preset', place, { name });
    else if (place.isPresent) named.set(name, place);
    else findings.fault('structure', place);
  }
  return named;
}

/** For each bind of a morph target: whether it moves something. */
function morphBinds(expression: VrmPlace, { model, targets, findings }: ExpressionContext): boolean[] {
  return findings.items(expression.at('morphTargetBinds')).map((bind) => {
    const node = bind.at('node');
    if (node.value === undefined || bind.at('index').value === undefined) return ignored(findings, bind);
    const target = node.indexInto(model.nodes);
    const mesh = target === undefined ? undefined : model.meshOf(target);
    if (target === undefined) findings.fault('node', node);
    else if (mesh === undefined) findings.fault('no-mesh', node);
    else if (targets.hasMorph(mesh, bind.at('index'))) return targets.isShown(target) && weighs(bind, 1);
    else return ignored(findings, bind.at('index'));
    return false;
  });
}

type MaterialKey = 'materialColorBinds' | 'textureTransformBinds';
type Moves = (bind: VrmPlace, material: DrawnMaterial) => boolean;

function materialBinds(expression: VrmPlace, context: ExpressionContext, key: MaterialKey, moves: Moves): boolean[] {
  const { targets, findings } = context;
  // three-vrm looks at both lists if one of them is there.
  if (!expression.at('materialColorBinds').value && !expression.at('textureTransformBinds').value) return [];
  return findings.items(expression.at(key)).map((bind) => {
    const material = targets.materialAt(bind.at('material'));
    if (!material) return ignored(findings, bind.at('material'));
    const needsValue = key === 'materialColorBinds' && !bind.at('targetValue').isPresent;
    if (needsValue) findings.fault('structure', bind.at('targetValue'));
    return moves(bind, material) || ignored(findings, bind);
  });
}

function colorMoves(bind: VrmPlace, { shading }: DrawnMaterial): boolean {
  return hasColor(shading, bind.at('type').value);
}
