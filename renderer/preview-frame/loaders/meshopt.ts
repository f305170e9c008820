import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';

/** The decoder of EXT_meshopt_compression. Its WebAssembly is part of the module. */
export async function readyMeshopt(): Promise<typeof MeshoptDecoder> {
  await MeshoptDecoder.ready;
  return MeshoptDecoder;
}
