import { asObject, countAt, has, listAt, objectAt, textAt, type Untyped } from '../untyped.ts';
import { hasKnownSpecVersion, type VrmModel } from './vrm-model.ts';
import { looseIndex } from './vrm-place.ts';

/** How three draws a material: by the toon shader of VRM, without light, or by physical rules. */
type Shading = 'mtoon' | 'unlit' | 'standard';

export interface DrawnMaterial {
  readonly index: number;
  readonly name: string | undefined;
  readonly shading: Shading;
  /** Whether it has a picture that an expression can move. */
  readonly hasTexture: boolean;
}

/** The materials of the scene that is shown. */
export function drawnMaterials(model: VrmModel): DrawnMaterial[] {
  const materials = listAt(model.root.value, 'materials');
  return [...materialsOf(model, model.shown)].flatMap((index) => {
    const json = materials[index];
    return json === undefined ? [] : [describeMaterial(model, index, asObject(json))];
  });
}

/** Indices of the materials that these nodes use. */
export function materialsOf(model: VrmModel, nodes: Iterable<number>): ReadonlySet<number> {
  const meshes = new Set<number>();
  for (const node of nodes) {
    const mesh = model.meshOf(node);
    if (mesh !== undefined) meshes.add(mesh);
  }
  const found = new Set<number>();
  for (const mesh of meshes) {
    for (const primitive of listAt(model.meshes[mesh], 'primitives')) {
      const material = looseIndex(asObject(primitive).material);
      if (material !== undefined) found.add(material);
    }
  }
  return found;
}

/** Shaders of VRM 0.x that three-vrm turns into MToon. */
export function isOlderToon(shader: string): boolean {
  return shader === 'VRM/MToon' || shader.startsWith('VRM/Unlit');
}

function describeMaterial(model: VrmModel, index: number, json: Untyped): DrawnMaterial {
  const older = model.older?.at('materialProperties').at(index).value;
  const isOlder = isOlderToon(textAt(older, 'shader') ?? '');
  const shading = isOlder ? 'mtoon' : shadingOf(model, index);
  const hasTexture = isOlder ? hasOlderTexture(older) : hasTextureOf(shading, json);
  return { index, name: textAt(json, 'name'), shading, hasTexture };
}

function shadingOf(model: VrmModel, index: number): Shading {
  const extensions = model.root.at('materials').at(index).at('extensions');
  const toon = extensions.at('VRMC_materials_mtoon');
  if (toon.isPresent && hasKnownSpecVersion(toon)) return 'mtoon';
  return extensions.at('KHR_materials_unlit').value ? 'unlit' : 'standard';
}

const OLDER_MOVED = ['_MainTex', '_BumpMap', '_EmissionMap', '_ShadeTexture', '_RimTexture', '_OutlineWidthTexture'];

function hasOlderTexture(properties: unknown): boolean {
  const textures = objectAt(properties, 'textureProperties');
  return [...OLDER_MOVED, '_UvAnimMaskTexture'].some((name) => countAt(textures, name) !== undefined);
}

const TOON_MOVED = [
  'shadeMultiplyTexture',
  'rimMultiplyTexture',
  'outlineWidthMultiplyTexture',
  'uvAnimationMaskTexture',
];

function hasTextureOf(shading: Shading, json: Untyped): boolean {
  const physical = objectAt(json, 'pbrMetallicRoughness');
  if (has(physical, 'baseColorTexture')) return true;
  if (shading === 'unlit') return false;
  if (has(json, 'normalTexture') || has(json, 'emissiveTexture')) return true;
  if (shading === 'standard') return has(physical, 'metallicRoughnessTexture');
  const toon = objectAt(objectAt(json, 'extensions'), 'VRMC_materials_mtoon');
  return TOON_MOVED.some((name) => has(toon, name));
}
