import { type Material, type Mesh, type Object3D, type SkinnedMesh, Texture } from 'three';

/**
 * Frees the graphics memory of everything below an object: geometry, materials, textures,
 * skeletons.
 */
export function disposeObject(root: Object3D): void {
  root.traverse((object) => {
    const { geometry, material, skeleton } = object as Partial<Mesh & SkinnedMesh>;
    geometry?.dispose();
    skeleton?.dispose();
    for (const one of material ? [material].flat() : []) disposeMaterial(one);
  });
  root.removeFromParent();
}

function disposeMaterial(material: Material): void {
  const uniforms = 'uniforms' in material ? Object.values(material.uniforms as Record<string, { value: unknown }>) : [];
  for (const value of [...Object.values(material), ...uniforms.map((uniform) => uniform.value)]) {
    if (!(value instanceof Texture)) continue;
    value.dispose();
    // Decoded pictures are not managed by the garbage collector.
    if (value.image instanceof ImageBitmap) value.image.close();
  }
  material.dispose();
}
