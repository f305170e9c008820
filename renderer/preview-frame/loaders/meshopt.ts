import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';

/** The decoder of EXT_meshopt_compression; its program is part of its module. */
export async function readyMeshopt(): Promise<typeof MeshoptDecoder> {
  await MeshoptDecoder.ready;
  return MeshoptDecoder;
}
