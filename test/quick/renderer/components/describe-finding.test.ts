import { expect, test } from 'vitest';
import {
  countFindings,
  findingAsText,
  placeOfFinding,
  sortFindings,
} from '../../../../renderer/components/describe-finding.ts';
import { explainFinding } from '../../../../shared/gab/explain-finding.ts';

const note = { code: 'GAB_I_ASSET_UNUSED', severity: 'info', path: 'extra/old.png' } as const;
const warning = { code: 'GAB_W_GLB_BUDGET', severity: 'warning' } as const;
const error = { code: 'GAB_E_ASSET_MISSING', severity: 'error', path: 'face.png', pointer: '/assets/3' } as const;

test('findings are sorted: errors, then warnings, then notes', () => {
  expect(sortFindings([note, warning, error])).toEqual([error, warning, note]);
});

test('findings are counted by severity', () => {
  expect(countFindings([])).toBe('No findings');
  expect(countFindings([note, error, error])).toBe('2 errors, 1 note');
});

test('the place of a finding is the entry and the pointer into its JSON', () => {
  expect(placeOfFinding(error)).toBe('face.png at /assets/3');
  expect(placeOfFinding(note)).toBe('extra/old.png');
  expect(placeOfFinding(warning)).toBeNull();
});

test('a copied finding contains what, where, why, the fix and the code', () => {
  const { what, why, fix } = explainFinding(error);
  expect(findingAsText(error).split('\n')).toEqual([
    what,
    'Where: face.png at /assets/3',
    `Why: ${why}`,
    `Fix: ${fix}`,
    'Code: GAB_E_ASSET_MISSING',
  ]);
});
