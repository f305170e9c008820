import { expect, test } from 'vitest';
import { parseAccountLink } from '../../../../shared/domain/account-link.ts';

const TOKEN = 'q3-Xy_0123456789abcdefghijklmnopqrstuvwxyzAB';

test.each([
  [`https://gabinet.example/invitation/${TOKEN}`, 'https://gabinet.example'],
  [` http://127.0.0.1:4610/setup/${TOKEN}\n`, 'http://127.0.0.1:4610'],
  [`https://gabinet.example/reset/${TOKEN}/`, 'https://gabinet.example'],
  [TOKEN, null],
])('%j is a link', (pasted, server) => {
  expect(parseAccountLink(pasted)).toEqual({ server, token: TOKEN });
});

test.each([
  '',
  'hello',
  `https://gabinet.example/other/${TOKEN}`,
  `ftp://gabinet.example/setup/${TOKEN}`,
  `${TOKEN} x`,
])('%j is not a link', (pasted) => {
  expect(parseAccountLink(pasted)).toBeNull();
});
