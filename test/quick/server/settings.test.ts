import { describe, expect, test } from 'vitest';
import { readSettings } from '../../../server/settings.ts';

const read = (environment: Record<string, string | undefined>) => readSettings(environment, '/srv');

test('an empty environment gives the defaults', () => {
  expect(read({})).toEqual({
    ok: true,
    value: {
      port: 4610,
      host: '127.0.0.1',
      allowedHosts: [],
      trustedProxies: 0,
      databaseUrl: null,
      dataDir: '/srv/.gabinet/server',
      gabPolicy: 'lenient',
      isDemo: false,
      trashDays: 30,
      uploadSessionHours: 24,
      signInLimits: { perAccount: 10, perAddress: 60 },
      publicUrl: null,
      logLevel: 'info',
    },
  });
});

test('an empty variable counts as not set', () => {
  expect(read({ PORT: '', DATA_DIR: '', DEMO: '' })).toEqual(read({}));
});

test('every setting can be set', () => {
  const environment = {
    PORT: '0',
    HOST: '::1',
    ALLOWED_HOSTS: 'Gabinet.example, 10.0.0.7',
    TRUST_PROXY: '10.0.0.0/8, loopback',
    DATABASE_URL: 'postgresql://a:b@localhost/c',
    DATA_DIR: '/var/gabinet',
    GAB_POLICY: 'strict',
    DEMO: '1',
    TRASH_DAYS: '7',
    UPLOAD_SESSION_HOURS: '48',
    SIGN_INS_PER_MINUTE: '20',
    PUBLIC_URL: 'https://gabinet.example.com/avatars/',
    LOG_LEVEL: 'debug',
  };
  expect(read(environment)).toEqual({
    ok: true,
    value: {
      port: 0,
      host: '::1',
      allowedHosts: ['gabinet.example', '10.0.0.7'],
      trustedProxies: ['10.0.0.0/8', 'loopback'],
      databaseUrl: 'postgresql://a:b@localhost/c',
      dataDir: '/var/gabinet',
      gabPolicy: 'strict',
      isDemo: true,
      trashDays: 7,
      uploadSessionHours: 48,
      signInLimits: { perAccount: 10, perAddress: 20 },
      publicUrl: 'https://gabinet.example.com/avatars',
      logLevel: 'debug',
    },
  });
});

describe('the failure names the invalid setting', () => {
  test.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://a@b/c'],
    ['DATABASE_URL', 'nonsense'],
    ['GAB_POLICY', 'loose'],
    ['DEMO', 'yes'],
    ['ALLOWED_HOSTS', 'https://gabinet.example'],
    ['ALLOWED_HOSTS', 'gabinet.example:443'],
    ['ALLOWED_HOSTS', 'a,,b'],
    ['TRUST_PROXY', '11'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'fd00::/129'],
    ['TRUST_PROXY', '10.0.0.0/8/8'],
    ['TRASH_DAYS', '-1'],
    ['UPLOAD_SESSION_HOURS', '0'],
    ['UPLOAD_SESSION_HOURS', '337'],
    ['UPLOAD_SESSION_HOURS', '1.5'],
    ['SIGN_INS_PER_MINUTE', '0'],
    ['PUBLIC_URL', 'gabinet.example.com'],
    ['PUBLIC_URL', 'https://gabinet.example.com?x'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s', (name, value) => {
    const result = read({ [name]: value });
    expect(result).toMatchObject({ ok: false, failure: expect.stringContaining(`${name}:`) });
  });

  test('or all of them', () => {
    const result = read({ PORT: 'x', GAB_POLICY: 'y' });
    expect(result).toMatchObject({ ok: false, failure: expect.stringMatching(/PORT:.*GAB_POLICY:/s) });
  });
});

test.each(['0.0.0.0', '192.168.1.5', 'example.org', '::'])('the demo does not run on the host %s', (host) => {
  expect(read({ DEMO: '1', HOST: host })).toMatchObject({ ok: false, failure: expect.stringContaining(host) });
  expect(read({ HOST: host }).ok).toBe(true);
});
