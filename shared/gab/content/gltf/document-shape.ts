import { material } from './material-shapes.ts';
import { accessor, buffer, bufferView, image, mesh, sampler, texture } from './mesh-shapes.ts';
import { index, type ListName, listOf, object, type Shape, text } from './property.ts';
import { animation, camera, light, node, scene, skin } from './scene-shapes.ts';

/** The lists at the top level of a model, and what their elements are. */
const listShapes: Readonly<Record<Exclude<ListName, 'lights'>, Shape>> = {
  accessors: accessor,
  animations: animation,
  bufferViews: bufferView,
  buffers: buffer,
  cameras: camera,
  images: image,
  materials: material,
  meshes: mesh,
  nodes: node,
  samplers: sampler,
  scenes: scene,
  skins: skin,
  textures: texture,
};

/** The loaders take the values of the default sampler for any that they cannot read. */
const lists = Object.fromEntries(
  Object.entries(listShapes).map(([name, shape]) => {
    const options = name === 'samplers' ? { gravity: 'warning' as const } : {};
    return [name, listOf(object(shape, options), options)];
  }),
);

const lights: Shape = { properties: { lights: listOf(object(light), { required: 'warning' }) } };

const variants: Shape = {
  properties: {
    variants: listOf(object({ properties: { name: text('warning', { required: 'warning' }) } }), {
      required: 'warning',
      gravity: 'warning',
    }),
  },
};

/** A whole model: glTF 2.0, section 5.17. `asset` is checked before anything else. */
export const documentShape: Shape = {
  properties: {
    ...lists,
    asset: object({ properties: { version: text('error'), minVersion: text('warning') } }),
    extensionsRequired: listOf(text('warning')),
    extensionsUsed: listOf(text('warning')),
    scene: index('scenes'),
  },
  extensions: { KHR_lights_punctual: lights, KHR_materials_variants: variants },
};
