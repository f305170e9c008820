import { describe, expect, test } from 'vitest';
import { createSecret, secretAddress, stepOfCode } from '../../../server/features/accounts/second-factor/totp.ts';
import { SECOND_MS } from '../../../shared/lib/durations.ts';

/** "12345678901234567890" in base32: the secret of RFC 6238, appendix B. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const STEP_MS = 30 * SECOND_MS;

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
])('the code of RFC 6238 at second %d is accepted', (seconds, code) => {
  expect(stepOfCode(SECRET, code, seconds * SECOND_MS)).toBe(Math.floor(seconds / 30));
});

describe('a code', () => {
  const STEP = 41_152_263;
  const at = (steps: number) => stepOfCode(SECRET, '005924', (STEP + steps) * STEP_MS);

  test('is accepted one step early and one step late, and named by its step', () => {
    expect([-1, 0, 1].map(at)).toEqual([STEP, STEP, STEP]);
  });

  test('is refused two steps early or late', () => {
    expect([-2, 2].map(at)).toEqual([null, null]);
  });

  test.each(['005925', '', '5924', '0059244', 'abcdef'])('%j is refused', (code) => {
    expect(stepOfCode(SECRET, code, STEP * STEP_MS)).toBe(null);
  });
});

test('two secrets differ, and have 160 bits', () => {
  const secrets = [createSecret(), createSecret()];
  expect(secrets[0]).not.toBe(secrets[1]);
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
});

test('the address of a secret names the product and the account', () => {
  expect(secretAddress(SECRET, 'dana@aurora.example')).toBe(
    `otpauth://totp/Gabinet:dana%40aurora.example?issuer=Gabinet&secret=${SECRET}&algorithm=SHA1&digits=6&period=30`,
  );
});
