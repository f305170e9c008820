import { VRM } from '@pixiv/three-vrm';
import { VRMAnimationLoaderPlugin } from '@pixiv/three-vrm-animation';
import type { LoadingManager } from 'three';
import { type GLTF, GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { closedManager } from '../../../renderer/preview-frame/loaders/closed-manager.ts';
import { readyMeshopt } from '../../../renderer/preview-frame/loaders/meshopt.ts';
import { addMissingScene } from '../../../renderer/preview-frame/loaders/missing-scene.ts';
import { movingExpressions } from '../../../renderer/preview-frame/loaders/moving-expressions.ts';
import { findNeededPlugins, type NeededPlugins } from '../../../renderer/preview-frame/loaders/needed-plugins.ts';
import { createVrmPlugin } from '../../../renderer/preview-frame/loaders/vrm-plugin.ts';
import { GlbWalker } from '../../../shared/gab/content/glb-walker.ts';
import { asObject, type Untyped } from '../../../shared/gab/content/untyped.ts';
import { findDrawingFaults } from './drawing-faults.ts';
import { createHeadlessDraco, createHeadlessKtx2 } from './headless-decoders.ts';
import { HeadlessTextures } from './headless-textures.ts';

export interface LoadedModel {
  /** What would be drawn wrong. */
  readonly faults: readonly string[];
  /** The VRM expressions that move something. */
  readonly expressions: readonly string[];
}

/** One frame at 60 Hz, in seconds. */
const STEP_SECONDS = 1 / 60;

/**
 * Loads a binary glTF as `renderer/preview-frame/loaders/gltf-loader.ts` does. Rejects with the
 * error of the loaders.
 */
export async function loadHeadless(bytes: Uint8Array<ArrayBuffer>): Promise<LoadedModel> {
  const json = readJson(bytes);
  const needed = findNeededPlugins(json);
  const manager = closedManager();
  const loader = new GLTFLoader(manager);
  loader.register((parser) => new HeadlessTextures(parser));
  const disposeDecoders = await addDecoders(loader, manager, needed);
  if (needed.vrm) loader.register((parser) => createVrmPlugin(parser, json));
  if (needed.vrmAnimation) loader.register((parser) => new VRMAnimationLoaderPlugin(parser));
  try {
    const gltf = await loader.parseAsync(bytes.buffer, '');
    await addMissingScene(gltf);
    return { faults: findDrawingFaults(gltf), expressions: startFigure(gltf) };
  } finally {
    disposeDecoders();
  }
}

/** A file without readable JSON is still given to the loader, which then says what is wrong. */
function readJson(bytes: Uint8Array): Untyped {
  const walker = new GlbWalker();
  walker.push(bytes);
  try {
    return asObject(JSON.parse(new TextDecoder().decode(walker.finish(bytes.byteLength).json)));
  } catch {
    return {};
  }
}

/** The first step of a VRM, which moves its bones, eyes and springs; fails where the preview fails. */
function startFigure({ scene, userData }: GLTF): readonly string[] {
  const vrm: unknown = userData.vrm;
  if (!(vrm instanceof VRM)) return [];
  scene.updateWorldMatrix(true, true);
  vrm.update(STEP_SECONDS);
  return movingExpressions(vrm);
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
