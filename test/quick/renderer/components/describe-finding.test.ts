import { expect, test } from 'vitest';
import {
  countFindings,
  countWarnings,
  findingAsText,
  findingsOf,
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
  const [shown] = findingsOf({ issues: [error], drawingFailure: null });
  expect(shown && findingAsText(shown).split('\n')).toEqual([
    what,
    'Where: face.png at /assets/3',
    `Why: ${why}`,
    `Fix: ${fix}`,
    'Code: GAB_E_ASSET_MISSING',
  ]);
});

test('what the preview could not draw is a warning before those of the check, with its reason', () => {
  const drawingFailure = { code: 'damaged', detail: 'portrait/face.png cannot be decoded' } as const;
  const [first, second, ...others] = findingsOf({ issues: [warning, error], drawingFailure });
  expect(first?.code).toBe('GAB_E_ASSET_MISSING');
  expect(second).toMatchObject({
    severity: 'warning',
    what: "The preview couldn't draw this avatar: part of the file couldn't be read.",
    place: 'portrait/face.png cannot be decoded',
    code: 'preview_failed: damaged',
  });
  expect(others.map(({ code }) => code)).toEqual(['GAB_W_GLB_BUDGET']);
  expect(countWarnings({ issues: [warning, note], drawingFailure })).toBe(2);
});

test.each(['no-webgl', 'too-much-memory', 'context-lost', 'too-slow', 'gone'] as const)(
  'a preview that failed with %s is a note about this computer, not a fault of the bundle',
  (code) => {
    const [shown] = findingsOf({ issues: [], drawingFailure: { code, detail: '' } });
    expect(shown).toMatchObject({ severity: 'info', place: null, code: `preview_failed: ${code}` });
    expect(shown?.what).toMatch(/^This computer couldn't draw this avatar: /);
    expect(countWarnings({ issues: [], drawingFailure: { code, detail: '' } })).toBe(0);
  },
);
