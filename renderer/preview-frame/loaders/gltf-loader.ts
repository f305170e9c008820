import type { LoadingManager, WebGLRenderer } from 'three';
import { type GLTF, GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import type { Untyped } from '../../../shared/gab/content/untyped.ts';
import { PreviewFailure } from '../failure.ts';
import { closedManager } from './closed-manager.ts';
import { addMissingScene } from './missing-scene.ts';
import { findNeededPlugins } from './needed-plugins.ts';

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
    const gltf = await loader.parseAsync(bytes.buffer, '');
    await addMissingScene(gltf);
    return gltf;
  } catch (error) {
    throw new PreviewFailure('damaged', error instanceof Error ? error.message : 'the model could not be read');
  } finally {
    for (const decoder of decoders) decoder.dispose();
  }
}

async function addDecoders(loader: GLTFLoader, manager: LoadingManager, options: GltfOptions): Promise<Disposable[]> {
  const needed = findNeededPlugins(options.json);
  const decoders: Disposable[] = [];
  if (needed.meshopt) {
    const { readyMeshopt } = await import('./meshopt.ts');
    loader.setMeshoptDecoder(await readyMeshopt());
  }
  if (needed.draco) {
    const { createDracoLoader } = await import('./draco.ts');
    const draco = createDracoLoader(manager);
    loader.setDRACOLoader(draco);
    decoders.push(draco);
  }
  if (needed.ktx2) {
    const { createKtx2Loader } = await import('./ktx2.ts');
    const ktx2 = createKtx2Loader(options.renderer);
    loader.setKTX2Loader(ktx2);
    decoders.push(ktx2);
  }
  if (needed.vrm) {
    const { createVrmPlugin } = await import('./vrm-plugin.ts');
    loader.register((parser) => createVrmPlugin(parser, options.json));
  }
  if (needed.vrmAnimation) {
    const { VRMAnimationLoaderPlugin } = await import('@pixiv/three-vrm-animation');
    loader.register((parser) => new VRMAnimationLoaderPlugin(parser));
  }
  return decoders;
}
