import { describe, expect, it } from 'vitest';
import { environmentProxy } from '../../../../main/platform/environment-proxy.ts';
import { findSystemProxies, readProxyList } from '../../../../main/platform/system-proxies.ts';

const URL_OF_SERVER = 'https://gabinet.example.com/api/server';

describe('environmentProxy', () => {
  it.each([
    [{}, null],
    [{ HTTPS_PROXY: 'http://proxy:8080' }, 'http://proxy:8080'],
    [{ https_proxy: 'http://small:1', HTTPS_PROXY: 'http://large:2' }, 'http://small:1'],
    [{ ALL_PROXY: 'proxy:8080' }, 'http://proxy:8080'],
    [{ HTTP_PROXY: 'http://proxy:8080' }, null],
  ])('%o names %o', (environment, proxy) => {
    expect(environmentProxy(URL_OF_SERVER, environment)).toBe(proxy);
  });

  it.each([
    ['*', URL_OF_SERVER],
    ['example.com', URL_OF_SERVER],
    ['.example.com', URL_OF_SERVER],
    ['other.org, *.Example.com', URL_OF_SERVER],
    ['gabinet.example.com:443', URL_OF_SERVER],
    ['10.0.0.0/8', 'https://10.1.2.3'],
    ['10.1.2.3', 'https://10.1.2.3'],
    ['[fd00::1]:8443', 'https://[fd00::1]:8443'],
    ['fd00::/8', 'https://[fd00::1]'],
  ])('NO_PROXY=%s excludes %s', (noProxy, url) => {
    expect(environmentProxy(url, { HTTPS_PROXY: 'http://proxy', NO_PROXY: noProxy })).toBeNull();
  });

  it.each([
    ['ample.com', URL_OF_SERVER],
    ['gabinet.example.com:8443', URL_OF_SERVER],
    ['10.0.0.0/8', 'https://11.1.2.3'],
    ['10.0.0.0/99', 'https://10.1.2.3'],
    ['0.1.2.3', 'https://10.1.2.3'],
    ['', URL_OF_SERVER],
  ])('NO_PROXY=%s does not exclude %s', (noProxy, url) => {
    expect(environmentProxy(url, { HTTPS_PROXY: 'http://proxy', NO_PROXY: noProxy })).toBe('http://proxy');
  });
});

describe('readProxyList', () => {
  it.each([
    ['DIRECT', [null]],
    ['', [null]],
    ['PROXY a:8080; HTTPS b:443;DIRECT', ['http://a:8080', 'https://b:443', null]],
    ['SOCKS5 c:1080', ['socks5://c:1080']],
    ['PROXY [::1]:3128', ['http://[::1]:3128']],
  ])('%s', (list, proxies) => {
    expect(readProxyList(list)).toEqual(proxies);
  });
});

describe('findSystemProxies', () => {
  const system = async () => 'PROXY system:1; DIRECT';

  it('asks the system', async () => {
    expect(await findSystemProxies({}, system)(URL_OF_SERVER)).toEqual(['http://system:1', null]);
  });

  it('is overruled by the environment', async () => {
    expect(await findSystemProxies({ HTTPS_PROXY: 'http://own' }, system)(URL_OF_SERVER)).toEqual(['http://own']);
    expect(await findSystemProxies({ NO_PROXY: '*' }, system)(URL_OF_SERVER)).toEqual([null]);
  });
});
