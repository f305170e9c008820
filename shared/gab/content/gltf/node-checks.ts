import { countAt, has, listAt, type Untyped } from '../untyped.ts';
import { isTight } from './accessor-layout.ts';
import { FLOAT } from './attribute-formats.ts';
import { hasTriangles, loadedTargetCount } from './loaded-targets.ts';
import type { Fault, Gravity } from './model-findings.ts';
import { layoutAt, type ModelParts, primitivesOf, targetCountOf } from './model-parts.ts';
import { below, type Place, placeOf } from './place.ts';

/** A quaternion may be off by what a float loses. */
const UNIT_TOLERANCE = 0.005;

/** Checks what a node combines: its mesh, its skin and its transform. */
export function checkNodes(parts: ModelParts): void {
  const { model } = parts;
  const report = reporter(parts);
  const drawnOf = drawnTargets(parts);
  const skinned = model
    .list('meshes')
    .map((_, mesh) => primitivesOf(model, mesh).every(({ attributes }) => has(attributes, 'JOINTS_0')));
  model.list('nodes').forEach((_, index) => {
    const node = model.item('nodes', index);
    const place = placeOf('nodes', index);
    const mesh = countAt(node, 'mesh');
    if (has(node, 'skin') && mesh === undefined) report('skin-unused', 'warning', below(place, 'skin'));
    else if (has(node, 'skin') && mesh !== undefined && skinned[mesh] === false) report('skin-mesh', 'warning', place);
    checkWeights(node, { place, targets: targetCountOf(model, mesh), report, drawn: drawnOf(mesh) });
    checkTransform(node, place, report);
  });
}

type Report = (reason: string, gravity: Gravity, place: Place, params?: Fault['params']) => void;

function reporter({ model }: ModelParts): Report {
  return (reason, gravity, place, params) =>
    model.findings.add({ topic: 'mismatch', reason, gravity, ...(params && { params }) }, place);
}

interface DrawnTargets {
  readonly hasTriangles: boolean;
  /** The morph targets that all its parts of triangles have once they are loaded. */
  readonly targets: number;
}

/** Many nodes may have the same mesh: its parts are looked at once. */
function drawnTargets({ model }: ModelParts): (mesh: number | undefined) => DrawnTargets | null {
  const meshes = model.list('meshes').map((mesh) => {
    const triangles = listAt(mesh, 'primitives').filter(hasTriangles);
    return { hasTriangles: triangles.length > 0, targets: loadedTargetCount(triangles) };
  });
  return (mesh) => (mesh === undefined ? null : (meshes[mesh] ?? null));
}

interface WeightsContext {
  readonly place: Place;
  readonly targets: number;
  /** What is drawn of the mesh; null without a mesh. */
  readonly drawn: DrawnTargets | null;
  readonly report: Report;
}

function checkWeights(node: Untyped, { place, targets, drawn, report }: WeightsContext): void {
  const weights = listAt(node, 'weights').length;
  if (!has(node, 'weights')) return;
  // The loaders write the weights of a node into each part of its mesh; one has no place for them
  // without targets.
  const throws = drawn?.hasTriangles === true && drawn.targets === 0 && weights > 0;
  if (!throws && drawn && weights === targets) return;
  report('weights', throws ? 'error' : 'warning', below(place, 'weights'), { weights, targets });
}

function checkTransform(node: Untyped, place: Place, report: Report): void {
  const hasParts = ['translation', 'rotation', 'scale'].some((key) => has(node, key));
  if (has(node, 'matrix') && hasParts) report('matrix-and-parts', 'warning', below(place, 'matrix'));
  if (has(node, 'matrix') && isSkewed(numbersAt(node, 'matrix'))) report('skew', 'warning', below(place, 'matrix'));
  const rotation = numbersAt(node, 'rotation');
  if (rotation.length !== 4 || Math.abs(Math.hypot(...rotation) - 1) <= UNIT_TOLERANCE) return;
  report('rotation', 'warning', below(place, 'rotation'));
}

function numbersAt(node: Untyped, key: string): number[] {
  return listAt(node, key).filter((value) => typeof value === 'number');
}

/** Whether the axes of a matrix are not at right angles, which no rotation and scale can do. */
function isSkewed(matrix: readonly number[]): boolean {
  if (matrix.length !== 16) return false;
  const axes = [0, 4, 8].map((at) => matrix.slice(at, at + 3));
  const lengths = axes.map((axis) => Math.hypot(...axis));
  if (lengths.some((length) => length === 0)) return true;
  return [
    [0, 1],
    [0, 2],
    [1, 2],
  ].some(([left = 0, right = 0]) => {
    const dot = (axes[left] ?? []).reduce((sum, value, at) => sum + value * (axes[right]?.[at] ?? 0), 0);
    return Math.abs(dot) > UNIT_TOLERANCE * (lengths[left] ?? 0) * (lengths[right] ?? 0);
  });
}

const MATRIX_BYTES = 64;

/** Checks the matrices of each skin, one for each joint. */
export function checkSkins(parts: ModelParts): void {
  const report = reporter(parts);
  parts.model.list('skins').forEach((skin, index) => {
    const layout = layoutAt(parts, countAt(skin, 'inverseBindMatrices'));
    if (!layout) return;
    const place = placeOf('skins', index, 'inverseBindMatrices');
    const joints = listAt(skin, 'joints').length;
    if (layout.type !== 'MAT4' || layout.componentType !== FLOAT) report('matrix-type', 'error', place);
    else if (!isTight(layout)) report('matrix-stride', 'error', place);
    else if (layout.declaredStride === MATRIX_BYTES) report('matrix-stride', 'note', place);
    if (layout.count < joints) report('matrices', 'error', place, { count: layout.count, joints });
  });
}
