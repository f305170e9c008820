import { expect, test } from 'vitest';
import {
  isPasswordLongEnough,
  newPasswordProblem,
  passwordHelp,
  problemOf,
} from '../../../../renderer/stores/account/password-rules.ts';
import { MAX_PASSWORD_CHARS } from '../../../../shared/domain/account-fields.ts';

test('a new password says how far it is from the shortest one', () => {
  expect(passwordHelp('')).toMatch(/^At least 12 characters/);
  expect(passwordHelp('seven c')).toBe('7 of at least 12 characters');
  expect(passwordHelp('twelve chars')).toMatch(/^At least 12 characters/);
  expect(isPasswordLongEnough('eleven char')).toBe(false);
  expect(isPasswordLongEnough('twelve chars')).toBe(true);
});

test('a password that is too long says so before it is sent', () => {
  const long = 'x'.repeat(MAX_PASSWORD_CHARS + 1);
  expect(newPasswordProblem(long, null)).toBe('At most 256 characters');
  expect(isPasswordLongEnough(long)).toBe(false);
});

test('a refused password is explained beside its own field', () => {
  const weak = { code: 'weak_password', detail: 'It is among the most common ones.' } as const;
  const wrong = { code: 'wrong_password', detail: 'The current password is not this one.' } as const;
  expect(newPasswordProblem('password1234', weak)).toContain('among the most common');
  expect(newPasswordProblem('password1234', wrong)).toBeNull();
  expect(problemOf(wrong, 'wrong_password')).toContain('not this one');
  expect(problemOf(null, 'wrong_password')).toBeNull();
});
