import { describe, expect, test } from 'vitest';
import {
  duplicateSentence,
  refusalCode,
  refusalOf,
  whatItIs,
} from '../../../../renderer/features/upload-sheet/describe-staged-file.ts';
import { explainIssue } from '../../../../shared/gab/finding-texts.ts';
import { nextUuid, stagedFile } from '../../../support/views.ts';

describe('what a file says it is', () => {
  test('by its manifest', () => {
    const manifest = {
      id: 'x',
      name: 'Mara',
      version: '1.2.0',
      description: '',
      tags: [],
      bodyType: 'portrait2d',
      authors: ['Dana', 'Mika'],
      license: 'CC0-1.0',
    } as const;
    const file = stagedFile({ manifest: { ...manifest, tags: [], authors: [...manifest.authors] } });
    expect(whatItIs(file)).toBe('2D portrait, Mara 1.2.0, by Dana, Mika, CC0-1.0');
  });

  test('a refused file is never said to be kept', () => {
    expect(whatItIs(stagedFile({ container: 'opaque', state: 'refused' }))).not.toContain('kept');
    expect(whatItIs(stagedFile({ container: 'opaque' }))).toContain('kept');
  });
});

describe('why it was refused', () => {
  const warning = { code: 'GAB_W_GLB_BUDGET', severity: 'warning' } as const;
  const error = { code: 'GAB_E_CRC', severity: 'error', path: 'a.png' } as const;

  test('the worst finding, with its code', () => {
    const file = stagedFile({ state: 'refused', issues: [warning, error] });
    expect(refusalOf(file)).toBe(explainIssue(error).what);
    expect(refusalCode(file)).toBe('GAB_E_CRC');
  });

  test('a reason outside the file comes before the findings', () => {
    const failure = { code: 'disk', title: 'The disk is full', detail: 'Free some space.' };
    const file = stagedFile({ state: 'refused', issues: [error], failure });
    expect(refusalOf(file)).toBe('The disk is full: Free some space.');
    expect(refusalCode(file)).toBe('disk');
  });
});

test('a duplicate says where it already is', () => {
  const suggestion = {
    kind: 'duplicate',
    versionUuid: nextUuid(),
    avatarName: 'Mara',
    version: 7,
    inTrash: false,
  } as const;
  expect(duplicateSentence(suggestion)).toBe('Already here as Mara v7 - nothing will be sent');
  expect(duplicateSentence({ ...suggestion, inTrash: true })).toContain('in the trash');
});
