import type { WebGLRenderer } from 'three';
import wrapperSource from 'three/addons/libs/basis/basis_transcoder.js?raw';
import transcoderUrl from 'three/addons/libs/basis/basis_transcoder.wasm?url&inline';
import { KTX2Loader } from 'three/addons/loaders/KTX2Loader.js';
import { withoutEval } from './basis-without-eval.ts';
import { closedManager } from './closed-manager.ts';

/** One is enough for a single avatar, and each worker has its own transcoder. */
const WORKERS = 1;
/** Any folder works: the files in it are replaced by files of this program. */
const FOLDER = 'own:/';

/** The transcoder of KHR_texture_basisu, which is part of this program. */
export function createKtx2Loader(renderer: WebGLRenderer): KTX2Loader {
  const ownFiles = new Map([
    [`${FOLDER}basis_transcoder.js`, `data:text/javascript,${encodeURIComponent(withoutEval(wrapperSource))}`],
    [`${FOLDER}basis_transcoder.wasm`, transcoderUrl],
  ]);
  const loader = new KTX2Loader(closedManager(ownFiles));
  return loader.setTranscoderPath(FOLDER).setWorkerLimit(WORKERS).detectSupport(renderer);
}
