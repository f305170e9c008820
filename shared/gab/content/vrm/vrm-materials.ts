import { asObject, listAt, objectAt } from '../untyped.ts';
import { isOlderToon, materialsOf } from './drawn-materials.ts';
import type { VrmFindings } from './vrm-findings.ts';
import { hasKnownSpecVersion, type VrmModel } from './vrm-model.ts';
import { looseIndex, type VrmPlace } from './vrm-place.ts';

const TOON_TEXTURES = [
  'shadeMultiplyTexture',
  'shadingShiftTexture',
  'matcapTexture',
  'rimMultiplyTexture',
  'outlineWidthMultiplyTexture',
  'uvAnimationMaskTexture',
];
const OLDER_TEXTURES = [
  '_MainTex',
  '_BumpMap',
  '_EmissionMap',
  '_ShadeTexture',
  '_SphereAdd',
  '_RimTexture',
  '_OutlineWidthTexture',
  '_UvAnimMaskTexture',
];
const OLDER_COLORS = ['_Color', '_EmissionColor', '_ShadeColor', '_RimColor', '_OutlineColor'];

/** Toon materials of both generations: three-vrm fails at a texture that isn't there. */
export function checkVrmMaterials(model: VrmModel, findings: VrmFindings): void {
  const loaded = materialsOf(model, model.nodes.keys());
  const older = checkOlderMaterials(model, findings, loaded);
  for (const index of loaded) {
    const toon = model.root.at('materials').at(index).at('extensions').at('VRMC_materials_mtoon');
    if (!toon.isPresent || older.has(index)) continue;
    if (!hasKnownSpecVersion(toon)) findings.loss('spec-version', toon, { extension: 'VRMC_materials_mtoon' });
    else for (const name of TOON_TEXTURES) checkTexture(toon.at(name), toon.at(name).at('index'), { model, findings });
  }
}

/** Returns the materials that VRM 0.x describes in its own way. */
function checkOlderMaterials(model: VrmModel, findings: VrmFindings, loaded: ReadonlySet<number>): Set<number> {
  const described = new Set<number>();
  const list = model.extensions.at('VRM').at('materialProperties');
  if (!list.value) return described;
  findings.items(list);
  const materials = listAt(model.root.value, 'materials');
  for (const index of Array.isArray(list.value) ? list.value.keys() : []) {
    const properties = list.at(index);
    const shader = properties.at('shader');
    if (!properties.isPresent || materials[index] === undefined) continue;
    if (shader.isPresent && typeof shader.value !== 'string') findings.fault('structure', shader);
    if (typeof shader.value !== 'string' || !isOlderToon(shader.value)) continue;
    described.add(index);
    checkOlderToon(properties, loaded.has(index), { model, findings });
  }
  return described;
}

interface Context {
  readonly model: VrmModel;
  readonly findings: VrmFindings;
}

function checkOlderToon(properties: VrmPlace, isLoaded: boolean, context: Context): void {
  // The other shaders have no light, and only their color and picture are read.
  const isToon = properties.at('shader').value === 'VRM/MToon';
  const colors = properties.at('vectorProperties');
  for (const name of isToon ? OLDER_COLORS : ['_Color']) {
    const color = colors.at(name);
    if (color.isPresent && !Array.isArray(color.value)) context.findings.fault('structure', color);
  }
  if (!isLoaded) return;
  const textures = properties.at('textureProperties');
  for (const name of isToon ? OLDER_TEXTURES : ['_MainTex'])
    checkTexture(textures.at(name), textures.at(name), context);
}

function checkTexture(holder: VrmPlace, index: VrmPlace, { model, findings }: Context): void {
  if (holder.isPresent && !hasPicture(model, index)) findings.fault('texture', index);
}

/** Whether a texture exists and leads to a picture, its own or that of an extension. */
function hasPicture(model: VrmModel, index: VrmPlace): boolean {
  const textures = listAt(model.root.value, 'textures');
  const texture = textures[index.indexInto(textures) ?? -1];
  const images = listAt(model.root.value, 'images');
  const holders = [texture, ...Object.values(objectAt(texture, 'extensions'))];
  const sources = holders.map((holder) => looseIndex(asObject(holder).source));
  return sources.some((source) => source !== undefined && source < images.length);
}
