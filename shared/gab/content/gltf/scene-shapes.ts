import {
  boolean,
  choice,
  index,
  integer,
  listOf,
  mapOf,
  number,
  object,
  type Shape,
  text,
  vector,
} from './property.ts';

// glTF 2.0, sections 5.7 to 5.29: what is placed in a scene, and what moves it.

/** The loaders use the names of these objects as they are: other kinds of values make them throw. */
const name = text('error');

/** EXT_mesh_gpu_instancing: one accessor for each attribute of the copies. */
const instancing: Shape = { properties: { attributes: mapOf(index('accessors'), { required: 'error' }) } };

export const scene: Shape = { properties: { name, nodes: listOf(index('nodes')) } };

export const node: Shape = {
  properties: {
    name,
    camera: index('cameras'),
    children: listOf(index('nodes')),
    matrix: vector(16),
    mesh: index('meshes'),
    rotation: vector(4, { min: -1, max: 1 }),
    scale: vector(3),
    skin: index('skins'),
    translation: vector(3),
    weights: listOf(number()),
  },
  extensions: {
    KHR_lights_punctual: { properties: { light: index('lights', { required: 'warning' }) } },
    KHR_node_visibility: { properties: { visible: boolean() } },
    EXT_mesh_gpu_instancing: instancing,
  },
};

export const skin: Shape = {
  properties: {
    name: text('warning'),
    inverseBindMatrices: index('accessors'),
    joints: listOf(index('nodes'), { required: 'error' }),
    // The loaders do not use it.
    skeleton: index('nodes', { gravity: 'warning' }),
  },
};

/** The preview has its own camera, and three.js never fails at the numbers of others. */
const perspective: Shape = {
  properties: {
    aspectRatio: number({ gravity: 'warning', min: 0 }),
    yfov: number({ gravity: 'warning', min: 0, required: 'warning' }),
    zfar: number({ gravity: 'warning', min: 0 }),
    znear: number({ gravity: 'warning', min: 0, required: 'warning' }),
  },
};

const orthographic: Shape = {
  properties: {
    xmag: number({ gravity: 'warning', required: 'warning' }),
    ymag: number({ gravity: 'warning', required: 'warning' }),
    zfar: number({ gravity: 'warning', min: 0, required: 'warning' }),
    znear: number({ gravity: 'warning', min: 0, required: 'warning' }),
  },
};

export const camera: Shape = {
  properties: {
    name,
    type: choice(['perspective', 'orthographic'], { required: 'error' }),
    perspective: object(perspective),
    orthographic: object(orthographic),
  },
};

/** KHR_lights_punctual. */
export const light: Shape = {
  properties: {
    name,
    color: vector(3, { min: 0, max: 1 }),
    intensity: number({ min: 0 }),
    range: number({ min: 0 }),
    type: choice(['directional', 'point', 'spot'], { required: 'error' }),
    spot: object({
      properties: {
        innerConeAngle: number({ min: 0, max: Math.PI / 2 }),
        outerConeAngle: number({ min: 0, max: Math.PI / 2 }),
      },
    }),
  },
};

const animationSampler: Shape = {
  properties: {
    input: index('accessors', { required: 'error' }),
    interpolation: choice(['LINEAR', 'STEP', 'CUBICSPLINE'], { gravity: 'warning' }),
    output: index('accessors', { required: 'error' }),
  },
};

const target: Shape = {
  properties: {
    node: index('nodes'),
    // `pointer`: KHR_animation_pointer, which the loaders skip.
    path: choice(['translation', 'rotation', 'scale', 'weights', 'pointer'], {
      gravity: 'warning',
      required: 'warning',
    }),
  },
  extensions: { KHR_animation_pointer: { properties: { pointer: text('warning', { required: 'warning' }) } } },
};

const channel: Shape = {
  properties: {
    // An index into the samplers of the same animation: see `animation-checks.ts`.
    sampler: integer({ required: 'error' }),
    target: object(target, { required: 'error' }),
  },
};

export const animation: Shape = {
  properties: {
    name: text('warning'),
    channels: listOf(object(channel), { required: 'error' }),
    samplers: listOf(object(animationSampler), { required: 'error' }),
  },
};
