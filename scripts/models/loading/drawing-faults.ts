import { type BufferAttribute, type BufferGeometry, type InterleavedBufferAttribute, Mesh, type Object3D } from 'three';
import type { GLTF } from 'three/addons/loaders/GLTFLoader.js';
import { findClipFaults } from './clip-faults.ts';
import { areNumbers, findMaterialFault } from './material-faults.ts';

type Attribute = BufferAttribute | InterleavedBufferAttribute;

/** What would be drawn wrong in a model that was loaded. */
export function findDrawingFaults({ scene, scenes, animations }: GLTF): readonly string[] {
  const faults: string[] = [];
  // The preview shows this scene; three's types do not allow a file that names a missing one.
  if ((scene as Object3D | undefined) === undefined) faults.push('the scene to show is missing');
  for (const one of scenes) one.traverse((object) => faults.push(...findObjectFaults(object)));
  return [...faults, ...findClipFaults(animations, scenes)];
}

function findObjectFaults(object: Object3D): readonly string[] {
  const faults: string[] = [];
  if (!areNumbers(object.matrix.elements)) faults.push(`node ${object.name}: its place is not made of numbers`);
  if (!(object instanceof Mesh)) return faults;
  const materials: readonly unknown[] = [object.material].flat();
  const found = [findGeometryFault(object.geometry), ...materials.map(findMaterialFault)];
  return [...faults, ...found.filter((fault) => fault !== null).map((fault) => `mesh ${object.name}: ${fault}`)];
}

function findGeometryFault(geometry: BufferGeometry): string | null {
  const positions = geometry.getAttribute('position');
  if (!positions) return 'no positions';
  if (!hasFiniteValues(positions)) return 'positions are not finite';
  const { index } = geometry;
  if (index && (index.itemSize !== 1 || index.array instanceof Float32Array))
    return 'indices are not single whole numbers';
  if (index && hasValueFrom(index, positions.count)) return 'an index is beyond the vertices';
  const attribute = Object.entries(geometry.attributes).find(([, { count }]) => !(count >= positions.count));
  if (attribute) return `${attribute[0]} has too few values`;
  return findShapeFault(geometry, positions.count);
}

/** Skin weights and morph targets: they move vertices as positions do. */
function findShapeFault({ attributes, morphAttributes }: BufferGeometry, vertices: number): string | null {
  const { skinWeight } = attributes;
  if (skinWeight && !hasFiniteValues(skinWeight)) return 'weights are not finite';
  const targets: readonly Attribute[] = morphAttributes.position ?? [];
  if (targets.some((target) => !(target.count >= vertices))) return 'a morph target has too few values';
  return targets.every(hasFiniteValues) ? null : 'a morph target is not finite';
}

function hasFiniteValues(values: Attribute): boolean {
  for (let at = 0; at < values.count; at += 1) {
    const sum = values.getX(at) + values.getY(at) + values.getZ(at);
    if (!Number.isFinite(sum)) return false;
  }
  return true;
}

function hasValueFrom(index: NonNullable<BufferGeometry['index']>, limit: number): boolean {
  for (let at = 0; at < index.count; at += 1) if (index.getX(at) >= limit) return true;
  return false;
}
