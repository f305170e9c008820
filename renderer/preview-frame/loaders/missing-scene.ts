import { Group, type Object3D } from 'three';
import type { GLTF } from 'three/addons/loaders/GLTFLoader.js';

/**
 * glTF allows a file without scenes, which is a collection of nodes; three.js then loads nothing.
 * Puts all nodes that are in no other into a scene.
 */
export async function addMissingScene(gltf: GLTF): Promise<void> {
  if (gltf.scenes.length > 0) return;
  const nodes: readonly Object3D[] = await gltf.parser.getDependencies('node');
  const scene = new Group();
  for (const node of nodes) if (node.parent === null) scene.add(node);
  scene.updateMatrixWorld();
  gltf.scene = scene;
  gltf.scenes = [scene];
}
