import { describe, expect, test } from 'vitest';
import {
  describeContents,
  describeDuplicate,
  describeRefusal,
  refusalCode,
} from '../../../../renderer/features/upload-sheet/describe-staged-file.ts';
import { explainFinding } from '../../../../shared/gab/explain-finding.ts';
import { newVersionUuid } from '../../../support/uuids.ts';
import { stagedFile } from '../../../support/views.ts';

describe('the description of a staged file', () => {
  test('is taken from its manifest', () => {
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
    expect(describeContents(file)).toBe('2D portrait, Mara 1.2.0, by Dana, Mika, CC0-1.0');
  });

  test('says that an opaque file is stored, unless it is refused', () => {
    expect(describeContents(stagedFile({ container: 'opaque', state: 'refused' }))).not.toContain('stored');
    expect(describeContents(stagedFile({ container: 'opaque' }))).toContain('stored');
  });
});

describe('the reason for a refusal', () => {
  const warning = { code: 'GAB_W_GLB_BUDGET', severity: 'warning' } as const;
  const error = { code: 'GAB_E_CRC', severity: 'error', path: 'a.png' } as const;

  test('is the worst finding, with its code', () => {
    const file = stagedFile({ state: 'refused', issues: [warning, error] });
    expect(describeRefusal(file)).toBe(explainFinding(error).what);
    expect(refusalCode(file)).toBe('GAB_E_CRC');
  });

  test('is the failure, if there is one besides the findings', () => {
    const failure = { code: 'disk_full' } as const;
    const file = stagedFile({ state: 'refused', issues: [error], failure });
    expect(describeRefusal(file)).toMatch(/^The disk is full\. .*Free some space/);
    expect(refusalCode(file)).toBe('disk_full');
  });
});

test('a duplicate names the version that has the same bytes', () => {
  const suggestion = {
    kind: 'duplicate',
    versionUuid: newVersionUuid(),
    avatarName: 'Mara',
    version: 7,
    inTrash: false,
  } as const;
  expect(describeDuplicate(suggestion)).toBe('Already on the server as Mara v7. Nothing will be uploaded.');
  expect(describeDuplicate({ ...suggestion, inTrash: true })).toContain('in the trash');
});
