import type { ModelSummary, TextureSummary } from '../compare/bundle-summary.ts';
import { boundedNames } from '../compare/summary-limits.ts';
import type { ModelFacts } from './model-facts.ts';
import { countAt, listAt, objectAt, textAt, type Untyped } from './untyped.ts';

/**
 * Returns what a comparison needs to know about a model, from its JSON. `textures` come from its
 * binary chunk.
 */
export function summarizeModel(gltf: Untyped, facts: ModelFacts, textures: readonly TextureSummary[]): ModelSummary {
  const nodeName = nodeNames(gltf);
  return {
    meshes: listAt(gltf, 'meshes').length,
    triangles: atMostSafe(facts.triangles),
    vertices: countVertices(gltf),
    materials: boundedNames(distinctNames(listAt(gltf, 'materials'))),
    textures: [...textures],
    joints: boundedNames(jointsOf(gltf).map(nodeName)),
    humanBones: boundedNames(humanBonesOf(gltf)),
    clips: boundedNames(distinctNames(listAt(gltf, 'animations'))),
    clipTargets: boundedNames(clipTargetsOf(gltf).map(nodeName)),
    morphs: boundedNames(facts.morphs),
    isVrm: facts.isVrm,
    vrmExpressions: boundedNames(facts.vrmExpressions),
    requiredExtensions: boundedNames(facts.requiredExtensions),
  };
}

/** Names as they are; unnamed items get their number, and repeated names a suffix. */
export function distinctNames(items: readonly unknown[]): string[] {
  const seen = new Map<string, number>();
  return items.map((item, index) => {
    const name = textAt(item, 'name') || `#${index}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

function nodeNames(gltf: Untyped): (index: number) => string {
  const nodes = listAt(gltf, 'nodes');
  return (index) => textAt(nodes[index], 'name') || `#${index}`;
}

/** Primitives often share one list of positions, which counts once. */
function countVertices(gltf: Untyped): number {
  const positions = new Set<number>();
  for (const mesh of listAt(gltf, 'meshes')) {
    for (const primitive of listAt(mesh, 'primitives')) {
      const index = countAt(objectAt(primitive, 'attributes'), 'POSITION');
      if (index !== undefined) positions.add(index);
    }
  }
  const accessors = listAt(gltf, 'accessors');
  let vertices = 0;
  for (const index of positions) vertices += countAt(accessors[index], 'count') ?? 0;
  return atMostSafe(vertices);
}

/** Hostile counts may add up to more than a number can represent exactly. */
function atMostSafe(sum: number): number {
  return Math.min(sum, Number.MAX_SAFE_INTEGER);
}

function jointsOf(gltf: Untyped): number[] {
  const joints = new Set<number>();
  for (const skin of listAt(gltf, 'skins')) {
    for (const joint of listAt(skin, 'joints')) if (isIndex(joint)) joints.add(joint);
  }
  return [...joints];
}

function clipTargetsOf(gltf: Untyped): number[] {
  const targets = new Set<number>();
  for (const clip of listAt(gltf, 'animations')) {
    for (const channel of listAt(clip, 'channels')) {
      const node = countAt(objectAt(channel, 'target'), 'node');
      if (node !== undefined) targets.add(node);
    }
  }
  return [...targets];
}

/** VRM 1.0 has an object with the bone names as keys, VRM 0.x a list. */
function humanBonesOf(gltf: Untyped): string[] {
  const extensions = objectAt(gltf, 'extensions');
  const current = objectAt(objectAt(objectAt(extensions, 'VRMC_vrm'), 'humanoid'), 'humanBones');
  const older = listAt(objectAt(objectAt(extensions, 'VRM'), 'humanoid'), 'humanBones');
  return [...Object.keys(current), ...older.flatMap((bone) => textAt(bone, 'bone') ?? [])];
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
