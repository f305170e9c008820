import sharp from 'sharp';
import { Texture } from 'three';
import type { GLTFLoaderPlugin, GLTFParser } from 'three/addons/loaders/GLTFLoader.js';

/** Replaces the loader of pictures, which needs a browser, by one that reads their headers. */
export class HeadlessTextures implements GLTFLoaderPlugin {
  readonly name = 'headless-textures';

  constructor(parser: GLTFParser) {
    Object.assign(parser, { textureLoader: { load: loadTexture } });
  }
}

/** `onProgress` is the third argument and not used. */
function loadTexture(
  url: string,
  onLoad: (texture: Texture) => void,
  _: unknown,
  onError: (error: unknown) => void,
): void {
  measureTexture(url).then(onLoad, onError);
}

async function measureTexture(url: string): Promise<Texture> {
  const bytes = await (await fetch(url)).arrayBuffer();
  const { width, height } = await sharp(bytes).metadata();
  return new Texture({ width, height });
}
