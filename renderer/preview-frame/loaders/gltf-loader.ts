import type { LoadingManager, WebGLRenderer } from 'three';
import { type GLTF, GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { asObject, has, listAt, objectAt, type Untyped } from '../../../shared/gab/content/untyped.ts';
import { PreviewFailure } from '../failure.ts';
import { closedManager } from './closed-manager.ts';

export interface GltfOptions {
  /** Knows which compressed textures the graphics card supports. */
  readonly renderer: WebGLRenderer;
  readonly json: Untyped;
}

interface Disposable {
  dispose(): unknown;
}

/** Parses a binary glTF. Loads only the decoders for the extensions that it lists. */
export async function parseGltf(bytes: Uint8Array<ArrayBuffer>, options: GltfOptions): Promise<GLTF> {
  const manager = closedManager();
  const loader = new GLTFLoader(manager);
  const decoders = await addDecoders(loader, manager, options);
  try {
    return await loader.parseAsync(bytes.buffer, '');
  } catch (error) {
    throw new PreviewFailure('damaged', error instanceof Error ? error.message : 'the model could not be read');
  } finally {
    for (const decoder of decoders) decoder.dispose();
  }
}

async function addDecoders(loader: GLTFLoader, manager: LoadingManager, options: GltfOptions): Promise<Disposable[]> {
  const used = new Set(['extensionsUsed', 'extensionsRequired'].flatMap((key) => listAt(options.json, key)));
  const decoders: Disposable[] = [];
  if (used.has('EXT_meshopt_compression') || used.has('KHR_meshopt_compression')) {
    const { readyMeshopt } = await import('./meshopt.ts');
    loader.setMeshoptDecoder(await readyMeshopt());
  }
  if (used.has('KHR_draco_mesh_compression')) {
    const { createDracoLoader } = await import('./draco.ts');
    const draco = createDracoLoader(manager);
    loader.setDRACOLoader(draco);
    decoders.push(draco);
  }
  if (used.has('KHR_texture_basisu')) {
    const { createKtx2Loader } = await import('./ktx2.ts');
    const ktx2 = createKtx2Loader(options.renderer);
    loader.setKTX2Loader(ktx2);
    decoders.push(ktx2);
  }
  if (isVrmJson(options.json)) {
    const { VRMLoaderPlugin } = await import('@pixiv/three-vrm');
    loader.register((parser) => new VRMLoaderPlugin(parser));
  }
  if (has(objectAt(options.json, 'extensions'), 'VRMC_vrm_animation')) {
    const { VRMAnimationLoaderPlugin } = await import('@pixiv/three-vrm-animation');
    loader.register((parser) => new VRMAnimationLoaderPlugin(parser));
  }
  return decoders;
}

export function isVrmJson(json: Untyped): boolean {
  const extensions = asObject(objectAt(json, 'extensions'));
  return has(extensions, 'VRMC_vrm') || has(extensions, 'VRM');
}
