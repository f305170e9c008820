import { describe, expect, it } from 'vitest';
import { type GabCode, gabCodes } from '../../../../shared/gab/codes.ts';
import { explainFinding } from '../../../../shared/gab/explain-finding.ts';
import type { GabFinding } from '../../../../shared/gab/report.ts';
import { assetCases } from '../../../support/bundle-cases/asset-cases.ts';
import type { CodeCase } from '../../../support/bundle-cases/broken-bundles.ts';
import { contentCases } from '../../../support/bundle-cases/content-cases.ts';
import { entryCases } from '../../../support/bundle-cases/entry-cases.ts';
import { fileCases } from '../../../support/bundle-cases/file-cases.ts';
import { gltfCases } from '../../../support/bundle-cases/gltf-cases.ts';
import { manifestCases } from '../../../support/bundle-cases/manifest-cases.ts';
import { zipCases } from '../../../support/bundle-cases/zip-cases.ts';
import { inspectBytes } from '../../../support/inspect-bytes.ts';

const SENTENCE = /^[\p{Lu}“0-9](?:.|\n)*[.)]$/u;

function expectSentences(issue: GabFinding): void {
  const { what, why, fix } = explainFinding(issue);
  for (const text of [what, why, fix]) {
    expect(text).toMatch(SENTENCE);
    expect(text).not.toMatch(/undefined|null|NaN|\[object|\.\.$/);
  }
}

describe('explainFinding', () => {
  it.each(Object.keys(gabCodes) as GabCode[])('explains %s even without path and parameters', (code) => {
    expectSentences({ code, severity: gabCodes[code].severity });
  });

  const all: Readonly<Record<string, readonly CodeCase[]>> = {
    ...fileCases,
    ...zipCases,
    ...entryCases,
    ...manifestCases,
    ...assetCases,
    ...contentCases,
    ...gltfCases,
  };
  it.each(Object.entries(all))('explains real findings of %s with all parameters', async (code, cases) => {
    for (const { bytes, policy, fileName } of cases) {
      const report = await inspectBytes(bytes(), { ...(policy && { policy }), ...(fileName && { fileName }) });
      for (const issue of report.issues.filter((found) => found.code === code)) {
        expectSentences(issue);
        expect(Object.values(explainFinding(issue)).join(' ')).not.toContain('unknown size');
      }
    }
  });

  it('explains codes of a newer server', () => {
    expect(explainFinding({ code: 'GAB_E_FUTURE', severity: 'error', path: 'x' }).what).toContain('GAB_E_FUTURE');
    expect(explainFinding({ code: 'constructor', severity: 'error' }).what).toContain('constructor');
  });

  it('escapes hostile names', async () => {
    const { entryCases: cases } = await import('../../../support/bundle-cases/entry-cases.ts');
    const withNul = cases.GAB_E_PATH.find(({ how }) => how.includes('\\u0000'));
    const report = await inspectBytes(withNul?.bytes() ?? new Uint8Array());
    expect(explainFinding(report.issues[0] ?? { code: '', severity: 'info' }).what).toContain('x\\x00.json');
  });
});
