import { index, integer, number, object, type Property, type Shape, vector } from './property.ts';

const textureTransform: Shape = {
  properties: { offset: vector(2), rotation: number(), scale: vector(2), texCoord: integer() },
};

const textureInfoExtensions = { KHR_texture_transform: textureTransform };

function textureInfo(properties: Shape['properties'] = {}): Property {
  return object({
    properties: { index: index('textures', { required: 'error' }), texCoord: integer(), ...properties },
    extensions: textureInfoExtensions,
  });
}

/** A reference from a material to a texture. */
export const textureRef = textureInfo();
export const normalTextureRef = textureInfo({ scale: number() });
export const occlusionTextureRef = textureInfo({ strength: number({ min: 0, max: 1 }) });

/** The extensions by which textures name pictures that glTF itself doesn't know, by media type. */
export const sourceExtensions: ReadonlyMap<string, string> = new Map([
  ['image/webp', 'EXT_texture_webp'],
  ['image/ktx2', 'KHR_texture_basisu'],
  ['image/avif', 'EXT_texture_avif'],
]);

/** An extension of a texture that names its image in another format; see `picture-checks.ts`. */
export const otherSource: Shape = { properties: { source: index('images', { required: 'warning' }) } };
