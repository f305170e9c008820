import { has } from '../untyped.ts';
import { knowsAllExtensions } from './extension-checks.ts';
import type { GltfModel } from './gltf-model.ts';
import { placeOf } from './place.ts';
import type { ListName } from './property.ts';

/** What makes a file larger if nothing refers to it. */
const HEAVY_LISTS: readonly ListName[] = ['accessors', 'bufferViews', 'images', 'meshes'];

/** Notes what nothing refers to, unless an extension that this check doesn't know may do so. */
export function noteUnused(model: GltfModel): void {
  if (!knowsAllExtensions(model)) return;
  for (const list of HEAVY_LISTS) {
    model.list(list).forEach((item, index) => {
      // What is outside of the file doesn't make it larger.
      if (model.isUsed(list, index) || (list === 'images' && !has(item, 'bufferView'))) return;
      const fault = { topic: 'unused', gravity: 'note', reason: list } as const;
      model.findings.add(fault, placeOf(list, index));
    });
  }
}
