import { expect, test } from 'vitest';
import { withoutLinkToken } from '../../../server/http/log-url.ts';

test.each([
  ['/setup/abcdefghijklmnopqrstuvwxyz', '/setup/…'],
  ['/reset/abcdefghijklmnopqrstuvwxyz?x=1', '/reset/…?x=1'],
  ['/invitation/%61bc', '/invitation/…'],
  ['/api/auth/links/abcdefghijklmnopqrstuvwxyz', '/api/auth/links/…'],
  ['/api/customer/projects?limit=1', '/api/customer/projects?limit=1'],
])('a log line shows %s as %s', (url, logged) => {
  expect(withoutLinkToken(url)).toBe(logged);
});
