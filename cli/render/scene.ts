import { asObject, countAt, has, listAt, objectAt, type Untyped } from '../../shared/gab/content/untyped.ts';
import { readAccessor } from './accessors.ts';
import type { GlbFile } from './glb-file.ts';
import { IDENTITY, localMatrix, type Matrix, multiply, type Point, transform } from './matrix.ts';

/**
 * One part of a model in world coordinates: corners, triangles as indices into them, and its
 * appearance.
 */
export interface Part {
  readonly points: readonly Point[];
  readonly indices: readonly number[];
  /** Texture coordinates, two numbers per corner. */
  readonly uv: Float64Array | null;
  readonly material: Untyped;
}

/**
 * `compressed`: this reader can't unpack a mesh. `empty`: nothing to draw. `too-complex`: more than
 * this renderer draws.
 */
export type SceneFault = 'compressed' | 'empty' | 'too-complex';
export type SceneReading =
  | { readonly parts: readonly Part[]; readonly fault: null }
  | { readonly parts: null; readonly fault: SceneFault };

/** The nodes of a model form a tree, but an untrusted file may violate that. */
const MAX_NODES = 10_000;
/**
 * Corners of all parts together; an untrusted file may place one mesh ten thousand times. Five
 * times what a bundle should have.
 */
const MAX_CORNERS = 3_000_000;
const TRIANGLES = 4;
const TRIANGLE_STRIP = 5;
const TRIANGLE_FAN = 6;

/** Every triangle of the default scene at rest: node transforms and skins applied. */
export function readScene(glb: GlbFile): SceneReading {
  const worlds = worldMatrices(glb.json);
  const parts: Part[] = [];
  let corners = 0;
  for (const [nodeIndex, world] of worlds) {
    const node = listAt(glb.json, 'nodes')[nodeIndex];
    const placing = { world, joints: jointMatrices(glb, node, worlds) };
    const mesh = listAt(glb.json, 'meshes')[countAt(node, 'mesh') ?? -1];
    for (const primitive of listAt(mesh, 'primitives')) {
      if (isCompressed(glb, primitive)) return { parts: null, fault: 'compressed' };
      corners += countCorners(glb, primitive);
      if (corners > MAX_CORNERS) return { parts: null, fault: 'too-complex' };
      const part = readPart(glb, asObject(primitive), placing);
      if (part) parts.push(part);
    }
  }
  return parts.length > 0 ? { parts, fault: null } : { parts: null, fault: 'empty' };
}

function worldMatrices(json: Untyped): ReadonlyMap<number, Matrix> {
  const nodes = listAt(json, 'nodes');
  const scene = listAt(json, 'scenes')[countAt(json, 'scene') ?? 0];
  const worlds = new Map<number, Matrix>();
  const open = listAt(scene, 'nodes').map((index) => ({ index, parent: IDENTITY }));
  for (let next = open.pop(); next && worlds.size < MAX_NODES; next = open.pop()) {
    const { index, parent } = next;
    if (typeof index !== 'number' || worlds.has(index) || nodes[index] === undefined) continue;
    const world = multiply(parent, localMatrix(asObject(nodes[index])));
    worlds.set(index, world);
    for (const child of listAt(nodes[index], 'children')) open.push({ index: child, parent: world });
  }
  return worlds;
}

/** Draco, meshopt, and sparse corners. */
function isCompressed(glb: GlbFile, primitive: unknown): boolean {
  if (has(objectAt(primitive, 'extensions'), 'KHR_draco_mesh_compression')) return true;
  const accessor = asObject(
    listAt(glb.json, 'accessors')[countAt(objectAt(primitive, 'attributes'), 'POSITION') ?? -1],
  );
  const view = listAt(glb.json, 'bufferViews')[countAt(accessor, 'bufferView') ?? -1];
  return has(objectAt(view, 'extensions'), 'EXT_meshopt_compression') || has(accessor, 'sparse');
}

/** As declared; reading checks it against the file. */
function countCorners(glb: GlbFile, primitive: unknown): number {
  const accessors = listAt(glb.json, 'accessors');
  const points = accessors[countAt(objectAt(primitive, 'attributes'), 'POSITION') ?? -1];
  const indices = accessors[countAt(primitive, 'indices') ?? -1];
  return Math.max(countAt(points, 'count') ?? 0, countAt(indices, 'count') ?? 0);
}

/** Maps the corners of each joint from the pose of the skin to the current pose. */
function jointMatrices(glb: GlbFile, node: unknown, worlds: ReadonlyMap<number, Matrix>): readonly Matrix[] | null {
  const skin = listAt(glb.json, 'skins')[countAt(node, 'skin') ?? -1];
  if (skin === undefined) return null;
  const inverse = readAccessor(glb, countAt(skin, 'inverseBindMatrices'));
  return listAt(skin, 'joints').map((joint, index) => {
    const world = (typeof joint === 'number' && worlds.get(joint)) || IDENTITY;
    const bind = inverse?.width === 16 ? [...inverse.numbers.subarray(index * 16, index * 16 + 16)] : IDENTITY;
    return multiply(world, bind);
  });
}

interface Placing {
  readonly world: Matrix;
  readonly joints: readonly Matrix[] | null;
}

function readPart(glb: GlbFile, primitive: Untyped, placing: Placing): Part | null {
  const attributes = objectAt(primitive, 'attributes');
  const positions = readAccessor(glb, countAt(attributes, 'POSITION'));
  const mode = countAt(primitive, 'mode') ?? TRIANGLES;
  if (positions?.width !== 3 || mode < TRIANGLES) return null;
  const listed = has(primitive, 'indices') ? readAccessor(glb, countAt(primitive, 'indices')) : undefined;
  if (listed === null) return null;
  const order = listed ? Array.from(listed.numbers) : Array.from({ length: positions.count }, (_, index) => index);
  const material = asObject(listAt(glb.json, 'materials')[countAt(primitive, 'material') ?? -1]);
  const texture = objectAt(objectAt(material, 'pbrMetallicRoughness'), 'baseColorTexture');
  const uv = readAccessor(glb, countAt(attributes, `TEXCOORD_${countAt(texture, 'texCoord') ?? 0}`));
  return {
    points: placePoints(glb, attributes, positions.numbers, placing),
    indices: toTriangles(order, mode).filter((index) => index < positions.count),
    uv: uv?.width === 2 && uv.count >= positions.count ? uv.numbers : null,
    material,
  };
}

function toTriangles(order: readonly number[], mode: number): number[] {
  if (mode === TRIANGLES) return order.slice(0, order.length - (order.length % 3));
  const corners = (index: number) =>
    mode === TRIANGLE_FAN ? [0, index + 1, index + 2] : [index, index + 1, index + 2];
  if (mode !== TRIANGLE_STRIP && mode !== TRIANGLE_FAN) return [];
  return order.slice(2).flatMap((_, index) => corners(index).map((at) => order[at] ?? 0));
}

function placePoints(glb: GlbFile, attributes: Untyped, numbers: Float64Array, { world, joints }: Placing): Point[] {
  const bones = joints && readAccessor(glb, countAt(attributes, 'JOINTS_0'));
  const weights = joints && readAccessor(glb, countAt(attributes, 'WEIGHTS_0'));
  return Array.from({ length: numbers.length / 3 }, (_, at) => {
    const point: Point = [numbers[at * 3] ?? 0, numbers[at * 3 + 1] ?? 0, numbers[at * 3 + 2] ?? 0];
    if (!joints || bones?.width !== 4 || weights?.width !== 4) return transform(world, point);
    const sum: [number, number, number] = [0, 0, 0];
    for (let bone = at * 4; bone < at * 4 + 4; bone += 1) {
      const weight = weights.numbers[bone] ?? 0;
      if (weight === 0) continue;
      const moved = transform(joints[bones.numbers[bone] ?? 0] ?? world, point);
      for (const axis of [0, 1, 2] as const) sum[axis] += moved[axis] * weight;
    }
    return sum;
  });
}
