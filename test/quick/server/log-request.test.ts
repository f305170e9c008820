import { expect, test } from 'vitest';
import { describeRequest, pathForLog } from '../../../server/http/log-request.ts';

test.each([
  ['/setup/abcdefghijklmnopqrstuvwxyz', '/setup/…'],
  ['/reset/abcdefghijklmnopqrstuvwxyz?x=1', '/reset/…'],
  ['/invitation/%61bc', '/invitation/…'],
  ['/api/auth/links/abcdefghijklmnopqrstuvwxyz', '/api/auth/links/…'],
  ['/api/customer/projects?q=nora@aurora.example', '/api/customer/projects'],
  ['/?q=1', '/'],
  [`/${'a'.repeat(16_000)}`, `/${'a'.repeat(199)}…`],
])('a log line shows %s as %s', (url, logged) => {
  expect(pathForLog(url)).toBe(logged);
});

test('a log line has no more of an address than an address has', () => {
  const { ip } = describeRequest({ method: 'GET', url: '/', ip: 'x'.repeat(8000) });
  expect(ip).toHaveLength(64);
});
