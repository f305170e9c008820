import type { Group, WebGLRenderer } from 'three';
import type { GLTF } from 'three/addons/loaders/GLTFLoader.js';
import { type ModelFacts, readModelFacts } from '../../../shared/gab/content/model-facts.ts';
import type { OpenBundle } from '../../../shared/gab/open-bundle.ts';
import { PreviewFailure } from '../failure.ts';
import { readGlb } from '../loaders/glb-json.ts';
import { parseGltf } from '../loaders/gltf-loader.ts';
import { estimateModelBytes, refuseTooMuch } from '../loaders/graphics-memory.ts';

export interface ModelFile {
  readonly gltf: GLTF;
  readonly facts: ModelFacts;
  readonly memoryBytes: number;
}

/**
 * Reads a model or an animation of the bundle. Its memory is estimated before anything is decoded.
 */
export async function loadModelFile(bundle: OpenBundle, assetId: string, renderer: WebGLRenderer): Promise<ModelFile> {
  const bytes = new Uint8Array(await bundle.readAsset(assetId));
  const parts = readGlb(bytes);
  const facts = readModelFacts(parts.json);
  const memoryBytes = estimateModelBytes(parts);
  refuseTooMuch(memoryBytes, facts.triangles);
  const gltf = await parseGltf(bytes, { renderer, json: parts.json });
  // Three's types do not allow a file that shows a scene it lacks.
  if ((gltf.scene as Group | undefined) === undefined) throw new PreviewFailure('damaged', 'the model has no scene');
  return { gltf, facts, memoryBytes };
}
