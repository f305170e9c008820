import { type Mesh, type Object3D, PMREMGenerator, type Scene, type Texture, type WebGLRenderer } from 'three';

/** Less metallic materials look right without reflections. */
const METAL_SHARE = 0.3;
const INTENSITY = 0.6;
/**
 * Side of the reflected surroundings, in pixels. Metal blurs them anyway, and software rendering
 * takes 20 s for three's default of 256.
 */
const SURROUNDINGS_PX = 16;

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

async function drawSurroundings(renderer: WebGLRenderer): Promise<Texture> {
  const { RoomEnvironment } = await import('three/addons/environments/RoomEnvironment.js');
  const environment = new RoomEnvironment();
  const generator = new PMREMGenerator(renderer);
  const { texture } = generator.fromScene(environment, 0, 0.1, 100, { size: SURROUNDINGS_PX });
  generator.dispose();
  environment.dispose();
  return texture;
}
