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
      httpLimits: { connections: 1500, connectionsPerNetwork: 500 },
      databaseUrl: null,
      dataDir: '/srv/.gabinet/server',
      gabPolicy: 'lenient',
      isDemo: false,
      trashDays: 30,
      quarantineDays: 30,
      uploadSessionHours: 24,
      storageLimits: {
        customerBytes: 100_000_000_000,
        projectBytes: 50_000_000_000,
        userBytes: 50_000_000_000,
        diskReserveBytes: 2_000_000_000,
      },
      secondFactorRoles: [],
      signInLimits: { perAccount: 10, perAddress: 60 },
      publicUrl: null,
      mail: null,
      oidc: null,
      allowsPasswords: true,
      metricsToken: null,
      logLevel: 'info',
      logFile: null,
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
    MAX_CONNECTIONS: '900',
    MAX_CONNECTIONS_PER_ADDRESS: '90',
    DATABASE_URL: 'postgresql://a:b@localhost/c',
    DATA_DIR: '/var/gabinet',
    GAB_POLICY: 'strict',
    DEMO: '1',
    TRASH_DAYS: '7',
    QUARANTINE_DAYS: '14',
    UPLOAD_SESSION_HOURS: '48',
    REQUIRE_SECOND_FACTOR: 'admin, manager',
    SIGN_INS_PER_MINUTE: '20',
    PUBLIC_URL: 'https://gabinet.example.com/avatars/',
    QUOTA_PER_CUSTOMER: 'none',
    QUOTA_PER_PROJECT: '1.5TB',
    QUOTA_PER_USER: '20 GB',
    DISK_RESERVE: '500MB',
    SMTP_URL: 'smtps://user:secret@mail.example.com',
    MAIL_FROM: 'Gabinet <gabinet@example.com>',
    OIDC_ISSUER: 'https://id.example.org/realm',
    OIDC_CLIENT_ID: 'gabinet',
    OIDC_CLIENT_SECRET: 'secret',
    OIDC_NAME: 'Example ID',
    OIDC_SCOPES: 'openid email groups',
    OIDC_GROUPS_CLAIM: 'roles',
    OIDC_GROUP_ROLES: 'operators=admin',
    OIDC_LINK_BY_EMAIL: '1',
    LOCAL_PASSWORDS: '0',
    LOG_LEVEL: 'debug',
    LOG_FILE: 'logs/gabinet.log',
    LOG_FILE_MIB: '5',
    LOG_FILES_KEPT: '3',
  };
  expect(read(environment)).toEqual({
    ok: true,
    value: {
      port: 0,
      host: '::1',
      allowedHosts: ['gabinet.example', '10.0.0.7'],
      trustedProxies: ['10.0.0.0/8', 'loopback'],
      httpLimits: { connections: 900, connectionsPerNetwork: 90 },
      databaseUrl: 'postgresql://a:b@localhost/c',
      dataDir: '/var/gabinet',
      gabPolicy: 'strict',
      isDemo: true,
      trashDays: 7,
      quarantineDays: 14,
      uploadSessionHours: 48,
      storageLimits: {
        customerBytes: null,
        projectBytes: 1_500_000_000_000,
        userBytes: 20_000_000_000,
        diskReserveBytes: 500_000_000,
      },
      secondFactorRoles: ['admin', 'manager'],
      signInLimits: { perAccount: 10, perAddress: 20 },
      publicUrl: 'https://gabinet.example.com/avatars',
      mail: { smtpUrl: 'smtps://user:secret@mail.example.com', from: 'Gabinet <gabinet@example.com>' },
      oidc: {
        issuer: 'https://id.example.org/realm',
        clientId: 'gabinet',
        clientSecret: 'secret',
        name: 'Example ID',
        scopes: 'openid email groups',
        groupsClaim: 'roles',
        groupRoles: [{ group: 'operators', grants: 'admin' }],
        linksByEmail: true,
      },
      allowsPasswords: false,
      metricsToken: null,
      logLevel: 'debug',
      logFile: { path: '/srv/logs/gabinet.log', maxBytes: 5 * 1024 * 1024, keptFiles: 3 },
    },
  });
});

describe('a number out of range is answered with the range', () => {
  const ranges = [
    ['PORT', 'a number from 0 to 65535'],
    ['TRASH_DAYS', 'a whole number of days from 0 to 3650'],
    ['QUARANTINE_DAYS', 'a whole number of days from 1 to 3650'],
    ['UPLOAD_SESSION_HOURS', 'a whole number of hours from 1 to 336'],
    ['SIGN_INS_PER_MINUTE', 'a whole number of attempts from 1 to 100000'],
    ['MAX_CONNECTIONS', 'a whole number of connections from 1 to 1000000'],
    ['MAX_CONNECTIONS_PER_ADDRESS', 'a whole number of connections from 1 to 1000000'],
    ['LOG_FILE_MIB', 'a whole number of MiB from 1 to 10000'],
    ['LOG_FILES_KEPT', 'a whole number of files from 1 to 1000'],
  ] as const;
  test.each(ranges)('%s: %s', (name, range) => {
    for (const value of ['-1', '99999999', '1.5', 'many']) {
      const result = read({ [name]: value });
      expect(result.ok ? 'accepted' : result.failure).toContain(`\n  ${name}: must be ${range}`);
    }
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
    ['QUOTA_PER_USER', '20'],
    ['QUOTA_PER_PROJECT', '-1GB'],
    ['DISK_RESERVE', 'none'],
    ['METRICS_TOKEN', 'short'],
    ['METRICS_TOKEN', 'sixteen characters\nand more'],
    ['ALLOWED_HOSTS', 'https://gabinet.example'],
    ['ALLOWED_HOSTS', 'gabinet.example:443'],
    ['ALLOWED_HOSTS', 'a,,b'],
    ['TRUST_PROXY', '11'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'fd00::/129'],
    ['TRUST_PROXY', '10.0.0.0/8/8'],
    ['MAX_CONNECTIONS', '0'],
    ['MAX_CONNECTIONS_PER_ADDRESS', 'many'],
    ['TRASH_DAYS', '-1'],
    ['UPLOAD_SESSION_HOURS', '0'],
    ['UPLOAD_SESSION_HOURS', '337'],
    ['UPLOAD_SESSION_HOURS', '1.5'],
    ['REQUIRE_SECOND_FACTOR', 'admin,boss'],
    ['SIGN_INS_PER_MINUTE', '0'],
    ['SMTP_URL', 'https://mail.example.com'],
    ['MAIL_FROM', 'Gabinet'],
    ['MAIL_FROM', 'gabinet@example.com\nBcc: everybody@example.com'],
    ['PUBLIC_URL', 'gabinet.example.com'],
    ['PUBLIC_URL', 'https://gabinet.example.com?x'],
    ['OIDC_ISSUER', 'http://id.example.org'],
    ['OIDC_GROUP_ROLES', 'art=aurora:root'],
    ['OIDC_SCOPES', 'email'],
    ['LOCAL_PASSWORDS', 'no'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FILE_MIB', '0'],
    ['LOG_FILES_KEPT', '0'],
  ])('%s=%s', (name, value) => {
    const result = read({ [name]: value });
    expect(result).toMatchObject({ ok: false, failure: expect.stringContaining(`${name}:`) });
  });

  test('or all of them', () => {
    const result = read({ PORT: 'x', GAB_POLICY: 'y' });
    expect(result).toMatchObject({ ok: false, failure: expect.stringMatching(/PORT:.*GAB_POLICY:/s) });
  });
});

test('an identity provider needs the name of this server there', () => {
  const result = read({ OIDC_ISSUER: 'https://id.example.org' });
  expect(result).toMatchObject({ ok: false, failure: expect.stringContaining('OIDC_CLIENT_ID') });
});

test('passwords stay on without an identity provider', () => {
  expect(read({ LOCAL_PASSWORDS: '0' })).toMatchObject({ ok: false, failure: expect.stringContaining('OIDC_ISSUER') });
});

test.each(['0.0.0.0', '192.168.1.5', 'example.org', '::'])('the demo does not run on the host %s', (host) => {
  expect(read({ DEMO: '1', HOST: host })).toMatchObject({ ok: false, failure: expect.stringContaining(host) });
  expect(read({ HOST: host }).ok).toBe(true);
});

test.each([{ SMTP_URL: 'smtp://mail.example.com' }, { MAIL_FROM: 'gabinet@example.com' }])(
  'mail needs a server and a sender: %j alone is refused',
  (environment) => {
    expect(read(environment)).toMatchObject({ ok: false, failure: expect.stringContaining('both') });
  },
);
