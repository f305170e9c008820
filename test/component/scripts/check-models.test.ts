import { expect, it } from 'vitest';
import { checkModel, validateModel } from '../../../scripts/models/model-verdicts.ts';
import { contradictions, type JudgedModel, verdictTable } from '../../../scripts/models/verdict-table.ts';
import { makeGlb } from '../../support/sample-assets.ts';

it('our check and the validator judge the same models', async () => {
  const models = [
    ['silent', 'clean', makeGlb()],
    ['warned', 'errors', makeGlb({ json: { nodes: [{ mesh: 0, rotation: [0, 0, 0, 0.5] }] } })],
    ['blocked', 'errors', makeGlb({ json: { nodes: [{ mesh: 7 }] } })],
    ['refused', 'errors', Buffer.from('no model')],
  ] as const;
  for (const [ours, validator, bytes] of models) {
    expect((await checkModel(bytes, 'glb')).verdict).toBe(ours);
    expect(await validateModel(bytes)).toBe(validator);
  }
});

it('a model that passes and cannot be loaded is a contradiction', () => {
  const good: JudgedModel = {
    name: 'a',
    ours: 'silent',
    findings: [],
    validator: 'clean',
    loader: 'loads',
    failure: '',
  };
  const bad: JudgedModel = { ...good, name: 'b', validator: 'errors', loader: 'fails', failure: 'no such mesh' };
  expect(contradictions([good, { ...bad, ours: 'blocked' }])).toEqual([]);
  expect(contradictions([good, bad])).toEqual(['b: silent, but the loader fails: no such mesh']);
  expect(verdictTable([good, bad]).split('\n').slice(2)).toEqual([
    '| clean | loads | 1 | 0 | 0 | 0 | 0 |',
    '| errors | fails | 1 | 0 | 0 | 0 | 0 |',
    '| all (2) | | 2 | 0 | 0 | 0 | 0 |',
  ]);
});
