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

/** An extension of a texture that names its image in another format; see `picture-checks.ts`. */
export const otherSource: Shape = { properties: { source: index('images', { required: 'warning' }) } };
