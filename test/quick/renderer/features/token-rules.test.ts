import { expect, test } from 'vitest';
import {
  isExpired,
  lifeOf,
  scopeList,
  TOKEN_DAYS,
  withScope,
} from '../../../../renderer/features/account/token-rules.ts';
import type { AccessTokenView } from '../../../../shared/contract/access-tokens.ts';
import { DEFAULT_TOKEN_DAYS, MAX_TOKEN_DAYS } from '../../../../shared/domain/access-token.ts';

const NOW = new Date('2026-12-01T12:00:00');
const token: AccessTokenView = {
  uuid: '3f0c8a52-7d7e-4b8f-9a51-0d7c5e1f2a3b',
  name: 'Nightly build',
  scopes: ['read'],
  createdAt: '2026-11-01T12:00:00',
  expiresAt: '2027-01-30T12:00:00',
  lastUsedAt: null,
};

test('a token says when it expires, and whether it is used', () => {
  expect(lifeOf(token, NOW)).toBe('Expires 30 Jan 2027. Never used');
  const used = { ...token, expiresAt: '2026-11-20T12:00:00', lastUsedAt: '2026-11-12T08:00:00' };
  expect(lifeOf(used, NOW)).toBe('Expired 20 Nov. Last used 12 Nov');
});

test('a token has expired from the moment that it names', () => {
  expect(isExpired({ ...token, expiresAt: NOW.toISOString() }, NOW)).toBe(true);
  expect(isExpired(token, NOW)).toBe(false);
});

test('scopes are listed in their own order', () => {
  expect(scopeList(['activate', 'read', 'upload'])).toBe('Read, Upload and Make live');
  expect(withScope(['activate'], 'read', true)).toEqual(['read', 'activate']);
  expect(withScope(['read', 'activate'], 'read', false)).toEqual(['activate']);
});

test('the offered lifetimes contain the default and end with the longest', () => {
  expect(TOKEN_DAYS).toContain(DEFAULT_TOKEN_DAYS);
  expect(TOKEN_DAYS.at(-1)).toBe(MAX_TOKEN_DAYS);
});
