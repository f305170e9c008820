import { describe, expect, it } from 'vitest';
import { changedFindings, type ModelCase, modelFindings } from '../../../../../support/model-findings.ts';
import { makeRichJson, packRich } from '../../../../../support/rich-model.ts';

describe('the nodes are trees', () => {
  it.each<ModelCase>([
    ['a node inside itself', (json) => (json.nodes[2].children = [1]), 'GAB_E_GLB_NODES loop /nodes/1'],
    [
      'a node with two parents',
      (json) => (json.nodes[3].children = [2]),
      'GAB_E_GLB_NODES parents /nodes/3/children/0',
    ],
    ['a root with a parent', (json) => json.scenes[0].nodes.push(2), 'GAB_E_GLB_NODES root /scenes/0/nodes/3'],
  ])('%s is an error', async (_, change, finding) => {
    expect(await changedFindings(change)).toContain(finding);
  });

  it('of a hundred thousand nodes in a row, in linear time', async () => {
    const nodes = Array.from({ length: 100_000 }, (_, index) => (index < 99_999 ? { children: [index + 1] } : {}));
    const json = { asset: { version: '2.0' }, nodes, scenes: [{ nodes: [0] }] };
    expect(await modelFindings(packRich({ ...makeRichJson(), ...json, animations: undefined }))).not.toContain(
      expect.stringContaining('GAB_E_GLB_NODES'),
    );
  });
});
