import type { VrmFindings } from './vrm-findings.ts';
import type { VrmModel } from './vrm-model.ts';
import type { VrmPlace } from './vrm-place.ts';

/** What is seen by whom: three-vrm asks each list for every node that has a mesh. */
export function checkFirstPerson(model: VrmModel, findings: VrmFindings): void {
  if (!model.humanoid) return;
  // VRM 1.0 names nodes, VRM 0.x meshes.
  if (model.current) checkAnnotations(model.current.at('firstPerson'), { key: 'node', list: model.nodes }, findings);
  else if (model.older) checkAnnotations(model.older.at('firstPerson'), { key: 'mesh', list: model.meshes }, findings);
}

interface Target {
  readonly key: 'node' | 'mesh';
  readonly list: readonly unknown[];
}

function checkAnnotations(firstPerson: VrmPlace, { key, list }: Target, findings: VrmFindings): void {
  const annotations = firstPerson.at('meshAnnotations');
  // three-vrm skips any empty value of VRM 0.x.
  if (key === 'mesh' && !annotations.value) return;
  for (const annotation of findings.items(annotations)) {
    if (annotation.at(key).indexInto(list) === undefined) findings.loss('view', annotation.at(key));
  }
}
