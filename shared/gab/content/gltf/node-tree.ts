import { listAt } from '../untyped.ts';
import type { GltfModel } from './gltf-model.ts';
import type { Fault } from './model-findings.ts';
import { type Place, placeOf } from './place.ts';

const NONE = -1;
/**
 * Nodes inside each other. The loaders follow them by recursion and overflow the stack with some
 * thousands; skeletons have less than a hundred.
 */
const MAX_NODE_DEPTH = 1000;

/** The nodes of a model are trees: no node contains itself, has two parents or is placed twice. */
export function checkNodeTree(model: GltfModel): void {
  const parents = findParents(model);
  findLoops(model, parents);
  findDeepNodes(model, parents);
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

/** Reports each node that is the first one too deep. Those of loops have no depth. */
function findDeepNodes(model: GltfModel, parents: Int32Array): void {
  const depths = new Int32Array(parents.length);
  for (let start = 0; start < parents.length; start += 1) {
    const path: number[] = [];
    // 0: not visited yet; the nodes of this path get NONE until their depth is clear.
    for (let at = start; at !== NONE && depths[at] === 0; at = parents[at] ?? NONE) {
      depths[at] = NONE;
      path.push(at);
    }
    setDepths(depths, parents, path);
    for (const node of path) {
      if (depths[node] === MAX_NODE_DEPTH + 1)
        report(model, 'depth', placeOf('nodes', node), { params: { maxDepth: MAX_NODE_DEPTH } });
    }
  }
}

/** `path` leads upwards. Nodes in or below a loop keep NONE. */
function setDepths(depths: Int32Array, parents: Int32Array, path: readonly number[]): void {
  for (const node of path.toReversed()) {
    const parent = parents[node] ?? NONE;
    const above = parent === NONE ? 0 : (depths[parent] ?? NONE);
    if (above !== NONE) depths[node] = above + 1;
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

function report(model: GltfModel, reason: string, place: Place, more: Pick<Fault, 'params'> = {}): void {
  model.findings.add({ topic: 'nodes', reason, gravity: 'error', ...more }, place);
}
