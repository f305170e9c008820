import type { LoadingManager } from 'three';
import decoderUrl from 'three/addons/libs/draco/gltf/draco_decoder.wasm?url&inline';
import wrapperUrl from 'three/addons/libs/draco/gltf/draco_wasm_wrapper.js?url&inline';
import { DRACOLoader } from 'three/addons/loaders/DRACOLoader.js';

/** One is enough for a single avatar, and each worker has its own decoder. */
const WORKERS = 1;

/**
 * The decoder of KHR_draco_mesh_compression, which is part of this program: both addresses are
 * `data:`.
 */
export function createDracoLoader(manager: LoadingManager): DRACOLoader {
  return new DRACOLoader(manager).setWorkerLimit(WORKERS).setDecoderPath({ js: wrapperUrl, wasm: decoderUrl });
}
