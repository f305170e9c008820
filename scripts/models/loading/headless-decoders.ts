import { readFile } from 'node:fs/promises';
import type { LoadingManager, WebGLRenderer } from 'three';
import { DRACOLoader } from 'three/addons/loaders/DRACOLoader.js';
import { KTX2Loader } from 'three/addons/loaders/KTX2Loader.js';
import { closedManager } from '../../../renderer/preview-frame/loaders/closed-manager.ts';

/** A file of the package three as an address: Node does not fetch `file:` addresses. */
async function fileAddress(name: string, mediaType: string): Promise<string> {
  const bytes = await readFile(new URL(import.meta.resolve(`three/addons/libs/${name}`)));
  return `data:${mediaType};base64,${bytes.toString('base64')}`;
}

export async function createHeadlessDraco(manager: LoadingManager): Promise<DRACOLoader> {
  const js = await fileAddress('draco/gltf/draco_wasm_wrapper.js', 'text/javascript');
  const wasm = await fileAddress('draco/gltf/draco_decoder.wasm', 'application/wasm');
  return new DRACOLoader(manager).setWorkerLimit(1).setDecoderPath({ js, wasm });
}

/** A graphics card without compressed textures: the transcoder then produces plain pixels. */
const PLAIN_RENDERER = { extensions: { has: () => false, get: () => null } } as unknown as WebGLRenderer;
const FOLDER = 'own:/';

export async function createHeadlessKtx2(): Promise<KTX2Loader> {
  const ownFiles = new Map([
    [`${FOLDER}basis_transcoder.js`, await fileAddress('basis/basis_transcoder.js', 'text/javascript')],
    [`${FOLDER}basis_transcoder.wasm`, await fileAddress('basis/basis_transcoder.wasm', 'application/wasm')],
  ]);
  const loader = new KTX2Loader(closedManager(ownFiles));
  return loader.setTranscoderPath(FOLDER).setWorkerLimit(1).detectSupport(PLAIN_RENDERER);
}
