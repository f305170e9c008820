import type { DrawnMaterial } from './drawn-materials.ts';
import type { ExpressionTargets } from './expression-targets.ts';
import type { VrmFindings } from './vrm-findings.ts';
import type { VrmModel } from './vrm-model.ts';
import type { VrmPlace } from './vrm-place.ts';

// What the binds of both generations have in common.

export interface ExpressionContext {
  readonly model: VrmModel;
  readonly targets: ExpressionTargets;
  readonly findings: VrmFindings;
}

/** Whether the weight of a bind is above 0; without one, three-vrm uses `otherwise`. */
export function weighs(bind: VrmPlace, otherwise: number): boolean {
  const weight = bind.at('weight');
  return Number(weight.isPresent ? weight.value : otherwise) > 0;
}

export function ignored(findings: VrmFindings, place: VrmPlace): false {
  findings.loss('bind', place);
  return false;
}

/** The colors that three-vrm can change, by how the material is drawn. */
const COLORS: Readonly<Record<DrawnMaterial['shading'], ReadonlySet<unknown>>> = {
  standard: new Set(['color', 'emissionColor']),
  unlit: new Set(['color']),
  mtoon: new Set(['color', 'emissionColor', 'shadeColor', 'matcapColor', 'rimColor', 'outlineColor']),
};

export function hasColor(shading: DrawnMaterial['shading'], type: unknown): boolean {
  return COLORS[shading].has(type);
}
