import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AccountInfo, openSettings } from '../../../../main/session/settings.ts';
import { forgetSignIn, readDeviceToken, readToken, writeSignIn } from '../../../../main/session/stored-secrets.ts';
import { DEFAULT_NOTIFICATION_SETTINGS } from '../../../../shared/contract/notifications.ts';
import { memorySecrets } from '../../../support/memory-secrets.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const CUSTOMER = '0d6f1c1e-8f5e-4a55-9d0f-0f3b2a5f0002';

const account: AccountInfo = {
  serverUrl: 'https://gabinet.example.com',
  uuid: '0d6f1c1e-8f5e-4a55-9d0f-0f3b2a5f0001',
  email: 'dana@aurora.example',
  name: 'Dana',
  isAdmin: false,
  memberships: [{ customerUuid: CUSTOMER, customerName: 'Aurora', role: 'designer', projectUuid: null }],
  mustSetUpSecondFactor: false,
  gabPolicy: 'lenient',
};

describe('the settings', () => {
  it('are read at the next start', async () => {
    const path = join(await tempFolder(), 'settings.json');
    const store = await openSettings(path);
    expect(store.current.account).toBeNull();
    await Promise.all([
      store.change({ lastEmail: 'a@b.c' }),
      store.change({ account }),
      store.change({ uploadLimitBytesPerSecond: 50_000 }),
    ]);
    expect((await openSettings(path)).current).toEqual({
      serverUrl: null,
      lastEmail: 'a@b.c',
      account,
      uploadLimitBytesPerSecond: 50_000,
      notifications: DEFAULT_NOTIFICATION_SETTINGS,
    });
  });

  it('of a version in which a user had one role keep the sign-in', async () => {
    const path = join(await tempFolder(), 'settings.json');
    const { isAdmin: _isAdmin, memberships: _memberships, mustSetUpSecondFactor, ...person } = account;
    const designer = { ...person, role: 'designer', customerUuid: CUSTOMER, customerName: 'Aurora' };
    await writeFile(path, JSON.stringify({ serverUrl: null, lastEmail: null, account: designer }));
    expect((await openSettings(path)).current.account).toEqual(account);
    const admin = { ...person, role: 'admin', customerUuid: null, customerName: null };
    await writeFile(path, JSON.stringify({ serverUrl: null, lastEmail: null, account: admin }));
    expect((await openSettings(path)).current.account).toEqual({
      ...person,
      isAdmin: true,
      memberships: [],
      mustSetUpSecondFactor,
    });
  });

  it.each([
    ['of an earlier version', {}],
    ['with a limit that makes no sense', { uploadLimitBytesPerSecond: 3 }],
    ['with notifications that make no sense', { notifications: { kinds: { uploads: 'yes' } } }],
  ])('keep the sign-in of a file %s', async (_, more) => {
    const path = join(await tempFolder(), 'settings.json');
    await writeFile(path, JSON.stringify({ serverUrl: null, lastEmail: null, account, ...more }));
    const { current } = await openSettings(path);
    expect(current).toMatchObject({
      account,
      uploadLimitBytesPerSecond: null,
      notifications: DEFAULT_NOTIFICATION_SETTINGS,
    });
    expect(await readFile(path, 'utf8')).not.toContain('token');
  });

  it('fall back to the defaults when the file is damaged', async () => {
    const path = join(await tempFolder(), 'settings.json');
    await writeFile(path, '{ "serverUrl": 7');
    expect((await openSettings(path)).current.serverUrl).toBeNull();
  });
});

const TOKENS = { token: 'token', deviceToken: 'device' };
const place = { serverUrl: account.serverUrl, email: account.email };

describe('the stored token', () => {
  it('is returned only for its own account', async () => {
    const secrets = memorySecrets();
    await writeSignIn(secrets, account, TOKENS);
    expect(await readToken(secrets, account)).toBe('token');
    expect(await readToken(secrets, { ...account, serverUrl: 'https://evil.example' })).toBeNull();
    expect(await readToken(secrets, { ...account, uuid: '0d6f1c1e-8f5e-4a55-9d0f-0f3b2a5f0002' })).toBeNull();
  });

  it.each(['', 'not json', '{}', '"token"', 'null'])('is not read from %j', async (content) => {
    const secrets = memorySecrets();
    await secrets.write(content);
    expect(await readToken(secrets, account)).toBeNull();
    expect(await readDeviceToken(secrets, place)).toBeNull();
  });

  it('of version 0.1, which knew no devices, is still used', async () => {
    const secrets = memorySecrets();
    const { serverUrl, uuid: userUuid } = account;
    await secrets.write(JSON.stringify({ serverUrl, userUuid, token: 'old' }));
    expect(await readToken(secrets, account)).toBe('old');
    await forgetSignIn(secrets);
    expect(await secrets.read()).toBeNull();
  });
});

describe('the stored token of this device', () => {
  it('survives signing out, and is returned only for its own server and email', async () => {
    const secrets = memorySecrets();
    await writeSignIn(secrets, account, TOKENS);
    await forgetSignIn(secrets);
    expect(await readToken(secrets, account)).toBeNull();
    expect(await readDeviceToken(secrets, { ...place, email: 'Dana@Aurora.example' })).toBe('device');
    expect(await readDeviceToken(secrets, { ...place, email: 'bo@borealis.example' })).toBeNull();
    expect(await readDeviceToken(secrets, { ...place, serverUrl: 'https://evil.example' })).toBeNull();
  });

  it('is kept for each account, up to a limit', async () => {
    const secrets = memorySecrets();
    for (let index = 0; index < 25; index += 1) {
      const email = `person-${index}@aurora.example`;
      await writeSignIn(secrets, { ...account, email }, { token: 'token', deviceToken: `device-${index}` });
    }
    expect(await readDeviceToken(secrets, { ...place, email: 'person-24@aurora.example' })).toBe('device-24');
    expect(await readDeviceToken(secrets, { ...place, email: 'person-5@aurora.example' })).toBe('device-5');
    expect(await readDeviceToken(secrets, { ...place, email: 'person-4@aurora.example' })).toBeNull();
  });
});
