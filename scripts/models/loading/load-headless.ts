import { VRMLoaderPlugin } from '@pixiv/three-vrm';
import { VRMAnimationLoaderPlugin } from '@pixiv/three-vrm-animation';
import type { LoadingManager } from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { closedManager } from '../../../renderer/preview-frame/loaders/closed-manager.ts';
import { readyMeshopt } from '../../../renderer/preview-frame/loaders/meshopt.ts';
import { findNeededPlugins, type NeededPlugins } from '../../../renderer/preview-frame/loaders/needed-plugins.ts';
import { GlbWalker } from '../../../shared/gab/content/glb-walker.ts';
import { asObject } from '../../../shared/gab/content/untyped.ts';
import { findDrawingFaults } from './drawing-faults.ts';
import { createHeadlessDraco, createHeadlessKtx2 } from './headless-decoders.ts';
import { HeadlessTextures } from './headless-textures.ts';

/**
 * Loads a binary glTF as `renderer/preview-frame/loaders/gltf-loader.ts` does. Rejects with the
 * error of the loaders; resolves to what would be drawn wrong.
 */
export async function loadHeadless(bytes: Uint8Array<ArrayBuffer>): Promise<readonly string[]> {
  const needed = findNeeded(bytes);
  const manager = closedManager();
  const loader = new GLTFLoader(manager);
  loader.register((parser) => new HeadlessTextures(parser));
  const disposeDecoders = await addDecoders(loader, manager, needed);
  if (needed.vrm) loader.register((parser) => new VRMLoaderPlugin(parser));
  if (needed.vrmAnimation) loader.register((parser) => new VRMAnimationLoaderPlugin(parser));
  try {
    return findDrawingFaults(await loader.parseAsync(bytes.buffer, ''));
  } finally {
    disposeDecoders();
  }
}

/** A file without readable JSON is still given to the loader, which then says what is wrong. */
function findNeeded(bytes: Uint8Array): NeededPlugins {
  const walker = new GlbWalker();
  walker.push(bytes);
  try {
    return findNeededPlugins(asObject(JSON.parse(new TextDecoder().decode(walker.finish(bytes.byteLength).json))));
  } catch {
    return findNeededPlugins({});
  }
}

async function addDecoders(loader: GLTFLoader, manager: LoadingManager, needed: NeededPlugins): Promise<() => void> {
  if (needed.meshopt) loader.setMeshoptDecoder(await readyMeshopt());
  const draco = needed.draco ? await createHeadlessDraco(manager) : null;
  const ktx2 = needed.ktx2 ? await createHeadlessKtx2() : null;
  if (draco) loader.setDRACOLoader(draco);
  if (ktx2) loader.setKTX2Loader(ktx2);
  return () => {
    draco?.dispose();
    ktx2?.dispose();
  };
}
