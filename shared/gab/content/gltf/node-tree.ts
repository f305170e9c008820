import { listAt } from '../untyped.ts';
import type { GltfModel } from './gltf-model.ts';
import type { Gravity } from './model-findings.ts';
import { type Place, placeOf } from './place.ts';

const NONE = -1;

/** The nodes of a model are trees: no node contains itself, has two parents or is placed twice. */
export function checkNodeTree(model: GltfModel): void {
  const parents = findParents(model);
  findLoops(model, parents);
  checkSceneRoots(model, parents);
}

/** Returns the parent of each node. A second one is reported and ignored. */
function findParents(model: GltfModel): Int32Array {
  const nodes = model.list('nodes');
  const parents = new Int32Array(nodes.length).fill(NONE);
  nodes.forEach((node, parent) => {
    listAt(node, 'children').forEach((child, at) => {
      if (!isIndexOf(parents, child)) return;
      // The same child twice below one parent is a duplicate, which is reported as such.
      if (parents[child] === NONE) parents[child] = parent;
      else if (parents[child] !== parent) report(model, 'parents', placeOf('nodes', parent, 'children', at));
    });
  });
  return parents;
}

/**
 * Follows the parents of each node upwards. A node that was seen before needs no second look, so
 * that long chains take linear time.
 */
function findLoops(model: GltfModel, parents: Int32Array): void {
  const seenFrom = new Int32Array(parents.length).fill(NONE);
  for (let start = 0; start < parents.length; start += 1) {
    let at = start;
    while (at !== NONE && seenFrom[at] === NONE) {
      seenFrom[at] = start;
      at = parents[at] ?? NONE;
    }
    if (at !== NONE && seenFrom[at] === start) report(model, 'loop', placeOf('nodes', at));
  }
}

function checkSceneRoots(model: GltfModel, parents: Int32Array): void {
  model.list('scenes').forEach((scene, index) => {
    listAt(scene, 'nodes').forEach((node, at) => {
      if (isIndexOf(parents, node) && parents[node] !== NONE) {
        report(model, 'root', placeOf('scenes', index, 'nodes', at));
      }
    });
  });
}

function isIndexOf(list: Int32Array, value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < list.length;
}

function report(model: GltfModel, reason: string, place: Place, gravity: Gravity = 'error'): void {
  model.findings.add({ topic: 'nodes', reason, gravity }, place);
}
