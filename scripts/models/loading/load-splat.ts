import { SplatFileType, SplatMesh } from '@sparkjsdev/spark';
import { readableBySpark } from '../../../renderer/preview-frame/loaders/readable-splat.ts';
import { readSplatFacts } from '../../../renderer/preview-frame/loaders/splat-facts.ts';
import type { LoadedModel } from './load-headless.ts';

/** Loads a splat as `renderer/preview-frame/bodies/splat-body.ts` does. Rejects if Spark fails. */
export async function loadSplatHeadless(bytes: Uint8Array<ArrayBuffer>, format: 'ply' | 'spz'): Promise<LoadedModel> {
  const facts = await readSplatFacts(bytes, format);
  const fileType = format === 'ply' ? SplatFileType.PLY : SplatFileType.SPZ;
  const mesh = new SplatMesh({ fileBytes: await readableBySpark(bytes, facts), fileType, raycastable: false });
  try {
    await mesh.initialized;
    return { faults: findFaults(mesh, facts.points), expressions: [] };
  } finally {
    mesh.dispose();
  }
}

function findFaults(mesh: SplatMesh, points: number): string[] {
  const loaded = mesh.splats?.getNumSplats() ?? 0;
  // A splat whose position isn't a number is not drawn; the others are.
  return loaded === points ? [] : [`${loaded} of ${points} splats`];
}
