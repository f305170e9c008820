import { expect, test } from 'vitest';
import { sha256Hex } from '../../../../node/sha256.ts';
import { CHECK_RULES_VERSION } from '../../../../shared/gab/check-rules.ts';
import { gabCodes } from '../../../../shared/gab/codes.ts';
import * as limits from '../../../../shared/gab/limits.ts';

/** Codes, severities and limits by the version of the rules that they belong to. */
const FINGERPRINTS: Readonly<Record<number, string>> = {
  1: '6d5d597990f118c6',
};

test('codes, severities and limits change only with the version of the rules of the check', () => {
  const rules = JSON.stringify({ gabCodes, limits: Object.fromEntries(Object.entries(limits)) });
  // Different? Raise CHECK_RULES_VERSION, so that servers check their stored versions again, and add
  // this fingerprint. If no release has that version yet, replace its fingerprint.
  expect({ [CHECK_RULES_VERSION]: sha256Hex(rules).slice(0, 16) }).toEqual({
    [CHECK_RULES_VERSION]: FINGERPRINTS[CHECK_RULES_VERSION],
  });
});
