import { boolean, choice, number, object, type Shape, text, vector } from './property.ts';
import { normalTextureRef, occlusionTextureRef, textureRef } from './texture-shapes.ts';

const share = number({ min: 0, max: 1 });
const positive = number({ min: 0 });
const color = vector(3, { min: 0, max: 1 });

const metallicRoughness: Shape = {
  properties: {
    baseColorFactor: vector(4, { min: 0, max: 1 }),
    baseColorTexture: textureRef,
    metallicFactor: share,
    metallicRoughnessTexture: textureRef,
    roughnessFactor: share,
  },
};

/** glTF 2.0, section 5.19, and the extensions of materials that the runtime draws. */
export const material: Shape = {
  properties: {
    name: text('warning'),
    alphaCutoff: positive,
    alphaMode: choice(['OPAQUE', 'MASK', 'BLEND'], { gravity: 'warning' }),
    doubleSided: boolean(),
    emissiveFactor: color,
    emissiveTexture: textureRef,
    normalTexture: normalTextureRef,
    occlusionTexture: occlusionTextureRef,
    pbrMetallicRoughness: object(metallicRoughness),
  },
  extensions: {
    KHR_materials_unlit: { properties: {} },
    KHR_materials_anisotropy: {
      properties: { anisotropyStrength: share, anisotropyRotation: number(), anisotropyTexture: textureRef },
    },
    KHR_materials_clearcoat: {
      properties: {
        clearcoatFactor: share,
        clearcoatTexture: textureRef,
        clearcoatRoughnessFactor: share,
        clearcoatRoughnessTexture: textureRef,
        clearcoatNormalTexture: normalTextureRef,
      },
    },
    KHR_materials_diffuse_roughness: {
      properties: { diffuseRoughnessFactor: share, diffuseRoughnessTexture: textureRef },
    },
    KHR_materials_dispersion: { properties: { dispersion: positive } },
    KHR_materials_emissive_strength: { properties: { emissiveStrength: positive } },
    KHR_materials_ior: { properties: { ior: positive } },
    KHR_materials_iridescence: {
      properties: {
        iridescenceFactor: share,
        iridescenceTexture: textureRef,
        iridescenceIor: number({ min: 1 }),
        iridescenceThicknessMinimum: positive,
        iridescenceThicknessMaximum: positive,
        iridescenceThicknessTexture: textureRef,
      },
    },
    KHR_materials_sheen: {
      properties: {
        sheenColorFactor: color,
        sheenColorTexture: textureRef,
        sheenRoughnessFactor: share,
        sheenRoughnessTexture: textureRef,
      },
    },
    KHR_materials_specular: {
      properties: {
        specularFactor: share,
        specularTexture: textureRef,
        specularColorFactor: vector(3, { min: 0 }),
        specularColorTexture: textureRef,
      },
    },
    KHR_materials_transmission: { properties: { transmissionFactor: share, transmissionTexture: textureRef } },
    KHR_materials_volume: {
      properties: {
        thicknessFactor: positive,
        thicknessTexture: textureRef,
        attenuationDistance: positive,
        attenuationColor: color,
      },
    },
    EXT_materials_bump: { properties: { bumpFactor: number(), bumpTexture: textureRef } },
    KHR_materials_pbrSpecularGlossiness: { properties: {} },
  },
};
