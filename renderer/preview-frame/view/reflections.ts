import {
  CubeCamera,
  HalfFloatType,
  LinearMipmapLinearFilter,
  LinearSRGBColorSpace,
  type Mesh,
  type Object3D,
  type Scene,
  type Texture,
  WebGLCubeRenderTarget,
  type WebGLRenderer,
} from 'three';

/** Less metallic materials look right without reflections. */
const METAL_SHARE = 0.3;
const INTENSITY = 0.6;
/**
 * Side of the surroundings, in pixels: a power of two. Metal blurs them, and only a mirror would
 * show more.
 */
const SURROUNDINGS_PX = 64;
/** The sides of its smaller pictures too. */
const SIDES_PX = Array.from({ length: Math.log2(SURROUNDINGS_PX) + 1 }, (_, level) => SURROUNDINGS_PX >> level);
const NO_BYTES = new Uint8Array();
/** Nearest and farthest walls of three's room, in its units. */
const [NEAREST, FARTHEST] = [0.1, 100];

/**
 * Surroundings for metal to reflect: with lamps alone it looks black. Drawn once, and only if a
 * body has metal.
 */
export class Reflections {
  readonly #scene: Scene;
  #surroundings: Texture | null = null;

  constructor(scene: Scene) {
    this.#scene = scene;
    scene.environmentIntensity = INTENSITY;
  }

  async showFor(body: Object3D, renderer: WebGLRenderer): Promise<void> {
    const isNeeded = hasMetal(body);
    if (isNeeded) this.#surroundings ??= await drawSurroundings(renderer);
    this.#scene.environment = isNeeded ? this.#surroundings : null;
  }
}

export function hasMetal(root: Object3D): boolean {
  let isFound = false;
  root.traverse((object) => {
    const { material } = object as Partial<Mesh>;
    for (const one of material ? [material].flat() : []) {
      isFound ||= 'metalness' in one && typeof one.metalness === 'number' && one.metalness > METAL_SHARE;
    }
  });
  return isFound;
}

/**
 * Light walls and lamps, seen from the middle. Their smaller pictures stand for rougher metal.
 * three's own `PMREMGenerator` filters them with hundreds of samples for each of half a million
 * pixels, for which a processor without a graphics card needs seconds, and nobody sees a difference
 * here.
 */
async function drawSurroundings(renderer: WebGLRenderer): Promise<Texture> {
  const { RoomEnvironment } = await import('three/addons/environments/RoomEnvironment.js');
  const room = new RoomEnvironment();
  const target = new WebGLCubeRenderTarget(SURROUNDINGS_PX, {
    type: HalfFloatType,
    colorSpace: LinearSRGBColorSpace,
    generateMipmaps: true,
    minFilter: LinearMipmapLinearFilter,
  });
  new CubeCamera(NEAREST, FARTHEST, target).update(renderer, room);
  room.dispose();
  const { texture } = target;
  // Ready to be reflected: three filters every other texture itself.
  texture.isPMREMTexture = true;
  // Only their number and sizes are asked for: the pictures themselves are with the graphics.
  texture.mipmaps = SIDES_PX.map((side) => ({ data: NO_BYTES, width: side, height: side }));
  return texture;
}
