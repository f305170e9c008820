import { describe, expect, it } from 'vitest';
import { normalizeServerAddress } from '../../../../shared/domain/server-address.ts';

describe('normalizeServerAddress', () => {
  it.each([
    ['https://Gabinet.Example.com/', 'https://gabinet.example.com'],
    ['gabinet.example.com', 'https://gabinet.example.com'],
    ['gabinet.example.com:8443/path?x=1', 'https://gabinet.example.com:8443'],
    ['https://user:secret@gabinet.example.com', 'https://gabinet.example.com'],
    ['localhost:3000', 'http://localhost:3000'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    [' http://127.0.0.1:3000/ ', 'http://127.0.0.1:3000'],
    ['http://[::1]:80', 'http://[::1]'],
    ['http://dev.localhost', 'http://dev.localhost'],
    ['https://127.0.0.1', 'https://127.0.0.1'],
  ])('%j means %j', (typed, origin) => {
    expect(normalizeServerAddress(typed)).toEqual({ ok: true, value: origin });
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['http://gabinet.example.com', 'insecure'],
    ['http://127.0.0.1.example.com', 'insecure'],
    ['http://localhost.example.com', 'insecure'],
    ['ftp://gabinet.example.com', 'other-protocol'],
    ['https://', 'malformed'],
    ['not an address', 'malformed'],
  ])('%j is refused as %s', (typed, problem) => {
    expect(normalizeServerAddress(typed)).toEqual({ ok: false, failure: problem });
  });
});
