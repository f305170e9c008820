import {
  type VRM,
  type VRMExpressionBind,
  VRMExpressionMaterialColorBind,
  VRMExpressionMorphTargetBind,
  VRMExpressionTextureTransformBind,
} from '@pixiv/three-vrm';
import type { Material, Mesh, Object3D } from 'three';
import { asObject } from '../../../shared/gab/content/untyped.ts';
import { hasColor } from '../../../shared/gab/content/vrm/expression-binds.ts';

/**
 * The names of the expressions that move something in the scene. The bundle check counts them by
 * the same rules before anything is loaded (`shared/gab/content/vrm/expressions.ts`).
 */
export function movingExpressions({ expressionManager, scene }: VRM): string[] {
  const moving = (expressionManager?.expressions ?? []).filter(({ binds }) => binds.some((bind) => moves(bind, scene)));
  return moving.map(({ expressionName }) => expressionName);
}

function moves(bind: VRMExpressionBind, scene: Object3D): boolean {
  if (bind instanceof VRMExpressionMorphTargetBind) {
    return bind.weight > 0 && bind.primitives.some((mesh) => isBelow(mesh, scene) && hasMorph(mesh, bind.index));
  }
  if (bind instanceof VRMExpressionMaterialColorBind) return hasColor(shadingOf(bind.material), bind.type);
  return bind instanceof VRMExpressionTextureTransformBind && hasTexture(bind.material);
}

function isBelow(object: Object3D, scene: Object3D): boolean {
  for (let above: Object3D | null = object; above; above = above.parent) if (above === scene) return true;
  return false;
}

/** Weights in the file may make the list of influences longer than that of the morphs. */
function hasMorph({ geometry }: Mesh, index: number): boolean {
  const { position, normal, color } = geometry.morphAttributes;
  return (position ?? normal ?? color)?.[index] !== undefined;
}

function shadingOf(material: Material): Parameters<typeof hasColor>[0] {
  const kinds = asObject(material);
  if (kinds.isMToonMaterial === true) return 'mtoon';
  return kinds.isMeshBasicMaterial === true ? 'unlit' : 'standard';
}

/** Pictures that the shader takes from elsewhere (a matcap) can't be moved. */
function hasTexture(material: Material): boolean {
  return MOVED_TEXTURES.some((name) => asObject(asObject(material)[name]).isTexture === true);
}

const MOVED_TEXTURES = [
  'map',
  'normalMap',
  'emissiveMap',
  'roughnessMap',
  'metalnessMap',
  'shadeMultiplyTexture',
  'rimMultiplyTexture',
  'outlineWidthMultiplyTexture',
  'uvAnimationMaskTexture',
];
