import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gabPolicies } from '../../../../shared/gab/report.ts';
import { codesOf, inspectBytes } from '../../../support/inspect-bytes.ts';

const fixtures = new URL('../../../fixtures/', import.meta.url);

interface HostileCase {
  readonly file: string;
  readonly how: string;
  /** Codes that must be reported. */
  readonly strict: readonly string[];
  readonly lenient: readonly string[];
  /** Everything that the reference checker of the samples reported. */
  readonly all_strict: readonly string[];
  readonly all_lenient: readonly string[];
}

function load(path: string): Buffer {
  return readFileSync(new URL(path, fixtures));
}

const { cases } = JSON.parse(load('hostile/EXPECTED.json').toString()) as { cases: HostileCase[] };

describe('hostile samples', () => {
  it('cover every file in the folder', () => {
    const files = readdirSync(new URL('hostile/', fixtures)).filter((name) => name !== 'EXPECTED.json');
    expect(cases.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
  });

  describe.each(gabPolicies)('%s', (policy) => {
    it.each(cases)('$file: $how', async (hostile) => {
      const report = await inspectBytes(load(`hostile/${hostile.file}`), { fileName: hostile.file, policy });
      expect(codesOf(report)).toEqual(expect.arrayContaining([...hostile[policy]]));
      // No deliberate differences: this reader reports exactly the same as the reference checker.
      expect(codesOf(report)).toEqual([...hostile[`all_${policy}`]].toSorted());
      const hasErrors = report.issues.some(({ severity }) => severity === 'error');
      expect(report.verdict === 'invalid').toBe(hasErrors);
      if (hasErrors) expect(report).toMatchObject({ activatable: false });
    });
  });
});

describe('valid samples', () => {
  it.each(readdirSync(new URL('gab/', fixtures)))('%s is valid and can be activated', async (file) => {
    const report = await inspectBytes(load(`gab/${file}`), { fileName: file });
    expect(report.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report).toMatchObject({ container: 'gab', activatable: true });
    expect(report.manifest?.id).toMatch(/^urn:uuid:/);
    expect(report.digest).toMatch(/^gab1:[0-9a-f]{64}$/);
  });

  it('a model without mouth shapes is valid, with a warning that the mouth will not move', async () => {
    const report = await inspectBytes(load('gab/robot-expressive.gab'));
    expect(report.verdict).toBe('valid-with-warnings');
    expect(codesOf(report)).toEqual(['GAB_W_VISEMES_INCOMPLETE']);
  });
});
