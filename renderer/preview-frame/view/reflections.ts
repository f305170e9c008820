import { type Mesh, type Object3D, PMREMGenerator, type Scene, type Texture, type WebGLRenderer } from 'three';

/** Less metal than this looks right under lamps alone. */
const METAL_SHARE = 0.3;
const INTENSITY = 0.6;
/** Of one side of the room, in pixels. Blurred as metal blurs it nobody sees more, and software takes 20 s for three's own 256. */
const ROOM_PX = 16;

/** A room that is mirrored by metal: under lamps alone metal is black. Drawn once, by code, and only if a body has metal. */
export class Reflections {
  readonly #scene: Scene;
  #room: Texture | null = null;

  constructor(scene: Scene) {
    this.#scene = scene;
    scene.environmentIntensity = INTENSITY;
  }

  async showFor(body: Object3D, renderer: WebGLRenderer): Promise<void> {
    const isNeeded = hasMetal(body);
    if (isNeeded) this.#room ??= await drawRoom(renderer);
    this.#scene.environment = isNeeded ? this.#room : null;
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

async function drawRoom(renderer: WebGLRenderer): Promise<Texture> {
  const { RoomEnvironment } = await import('three/addons/environments/RoomEnvironment.js');
  const room = new RoomEnvironment();
  const generator = new PMREMGenerator(renderer);
  const { texture } = generator.fromScene(room, 0, 0.1, 100, { size: ROOM_PX });
  generator.dispose();
  room.dispose();
  return texture;
}
