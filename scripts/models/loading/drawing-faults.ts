import { type BufferGeometry, Mesh } from 'three';
import type { GLTF } from 'three/addons/loaders/GLTFLoader.js';

/** What would be drawn wrong in a model that was loaded. */
export function findDrawingFaults({ scenes }: GLTF): readonly string[] {
  const faults: string[] = [];
  for (const scene of scenes) {
    scene.traverse((object) => {
      if (!(object instanceof Mesh)) return;
      const fault = findGeometryFault(object.geometry);
      if (fault !== null) faults.push(`mesh ${object.name}: ${fault}`);
    });
  }
  return faults;
}

function findGeometryFault(geometry: BufferGeometry): string | null {
  const positions = geometry.getAttribute('position');
  if (!positions) return 'no positions';
  if (!hasFiniteValues(positions)) return 'positions are not finite';
  const { index } = geometry;
  if (index && hasValueFrom(index, positions.count)) return 'an index is beyond the vertices';
  const attribute = Object.entries(geometry.attributes).find(([, { count }]) => count < positions.count);
  return attribute ? `${attribute[0]} has too few values` : null;
}

function hasFiniteValues(positions: ReturnType<BufferGeometry['getAttribute']>): boolean {
  for (let at = 0; at < positions.count; at += 1) {
    if (!Number.isFinite(positions.getX(at) + positions.getY(at) + positions.getZ(at))) return false;
  }
  return true;
}

function hasValueFrom(index: NonNullable<BufferGeometry['index']>, limit: number): boolean {
  for (let at = 0; at < index.count; at += 1) if (index.getX(at) >= limit) return true;
  return false;
}
