import { describe, expect, test } from 'vitest';
import { isAllowedHost } from '../../../server/http/host-rules.ts';

const LOOPBACK = ['127.0.0.1', '127.0.0.1:4610', 'localhost', 'LOCALHOST:4610', 'localhost.', '[::1]:4610'];
const STRANGERS = ['rebound.example', 'rebound.example:4610', 'localhost.rebound.example', '127.0.0.1.rebound.example'];
const MALFORMED = ['', ':4610', '[::1', '::1', 'localhost:', 'localhost:x', 'a b', 'localhost:1:2', 'user@localhost'];

const allowed = (
  headers: readonly string[],
  host: string,
  allowedHosts: readonly string[] = [],
  publicUrl: string | null = null,
) => headers.filter((header) => isAllowedHost(header, { host, allowedHosts, publicUrl }));

describe('a server on loopback', () => {
  test('accepts loopback names with any port, and nothing else', () => {
    const headers = [...LOOPBACK, ...STRANGERS, ...MALFORMED, '10.0.0.7', '[2001:db8::1]'];
    expect(allowed(headers, '127.0.0.1')).toEqual(LOOPBACK);
  });

  test('accepts a listed name, too, but not names below it', () => {
    const headers = ['gabinet.example', 'Gabinet.Example:443', 'x.gabinet.example', ...STRANGERS];
    expect(allowed(headers, '127.0.0.1', ['gabinet.example'])).toEqual(headers.slice(0, 2));
  });
});

test.each(['10.0.0.7', 'gabinet.internal'])('a server on %s accepts that and loopback names', (host) => {
  expect(allowed([host, `${host}:4610`, ...LOOPBACK, ...STRANGERS, '10.0.0.8'], host)).toEqual([
    host,
    `${host}:4610`,
    ...LOOPBACK,
  ]);
});

describe.each(['0.0.0.0', '::'])('a server on every interface (%s)', (host) => {
  test('accepts every IP address, but no foreign name', () => {
    const addresses = ['10.0.0.7', '10.0.0.7:4610', '[2001:db8::1]', '[2001:db8::1]:4610'];
    expect(allowed([...addresses, ...STRANGERS, ...MALFORMED], host)).toEqual(addresses);
  });

  test('accepts only what is listed if there is a list, and loopback names', () => {
    const headers = ['gabinet.example', '10.0.0.7', '10.0.0.8', 'localhost', ...STRANGERS];
    expect(allowed(headers, host, ['gabinet.example', '10.0.0.7'])).toEqual([
      'gabinet.example',
      '10.0.0.7',
      'localhost',
    ]);
  });
});

test('a server whose list has * accepts everything', () => {
  const headers = [...LOOPBACK, ...STRANGERS, ...MALFORMED];
  expect(allowed(headers, '0.0.0.0', ['*'])).toEqual(headers);
});

test.each([
  ['https://gabinet.example/avatars', 'gabinet.example'],
  ['http://[2001:db8::7]:8080', '[2001:db8::7]'],
])('a server whose public address is %s accepts %s', (publicUrl, header) => {
  expect(allowed([header, ...STRANGERS], '127.0.0.1', [], publicUrl)).toEqual([header]);
});
