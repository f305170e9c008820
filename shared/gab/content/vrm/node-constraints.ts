import type { VrmFindings } from './vrm-findings.ts';
import { hasKnownSpecVersion, type VrmModel } from './vrm-model.ts';
import type { VrmPlace } from './vrm-place.ts';

const EXTENSION = 'VRMC_node_constraint';

interface Constraint {
  readonly place: VrmPlace;
  /** Nodes that have to be in place before this one, with everything above them. */
  readonly after: readonly number[];
}

/** Nodes that follow others: VRMNodeConstraintManager fails without a source, and at a circle. */
export function checkNodeConstraints(model: VrmModel, findings: VrmFindings): void {
  if (!model.isUsed(EXTENSION)) return;
  const constraints = new Map<number, Constraint>();
  for (const index of model.nodes.keys()) {
    const constraint = readConstraint(index, model, findings);
    if (constraint) constraints.set(index, constraint);
  }
  const circular = findCircle(constraints, model.parents);
  if (circular) findings.fault('circle', circular.place);
}

function readConstraint(index: number, model: VrmModel, findings: VrmFindings): Constraint | null {
  const extension = model.root.at('nodes').at(index).at('extensions').at(EXTENSION);
  if (!extension.isPresent) return null;
  if (!hasKnownSpecVersion(extension)) {
    findings.loss('spec-version', extension, { extension: EXTENSION });
    return null;
  }
  const holder = extension.at('constraint');
  if (!holder.isPresent) {
    findings.fault('structure', holder);
    return null;
  }
  const kind = (['roll', 'aim', 'rotation'] as const).find((name) => holder.at(name).isPresent);
  if (kind === undefined) return null;
  const place = holder.at(kind);
  const source = place.at('source').indexInto(model.nodes);
  if (source === undefined) {
    findings.fault('node', place.at('source'));
    return null;
  }
  const parent = kind === 'aim' ? model.parents.get(index) : undefined;
  return { place, after: parent === undefined ? [source] : [source, parent] };
}

/**
 * A constraint waits for those of all nodes from its source up to the root. Returns one that waits
 * for itself. Each node and constraint is visited once, however deep the file nests them.
 */
function findCircle(
  constraints: ReadonlyMap<number, Constraint>,
  parents: ReadonlyMap<number, number>,
): Constraint | null {
  const started = new Set<number>();
  const done = new Set<number>();
  const next = (node: number): readonly number[] => {
    const parent = parents.get(node);
    return [...(constraints.get(node)?.after ?? []), ...(parent === undefined ? [] : [parent])];
  };
  for (const first of constraints.keys()) {
    const path = [first];
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      started.add(node);
      const waiting = next(node).find((one) => !done.has(one));
      if (waiting === undefined) {
        done.add(node);
        path.pop();
      } else if (started.has(waiting)) {
        return constraints.get(waiting) ?? constraints.get(first) ?? null;
      } else {
        path.push(waiting);
      }
    }
  }
  return null;
}
