import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFileSecretStore } from '../../../main/platform/file-secret-store.ts';
import { type AsyncSafeStorage, chooseSecretStore } from '../../../main/platform/os-secret-store.ts';
import { recordingLog, temporaryFolder } from '../../support/shells/fake-application.ts';

type Backend = ReturnType<AsyncSafeStorage['getSelectedStorageBackend']>;

/** Inverts the bits, which is enough to tell sealed bytes from plain ones. */
class FakeSafeStorage implements AsyncSafeStorage {
  isAvailable = true;
  backend: Backend = 'gnome_libsecret';
  shouldReEncrypt = false;
  sealed = 0;
  isAsyncEncryptionAvailable = async () => this.isAvailable;
  getSelectedStorageBackend = () => this.backend;
  encryptStringAsync = async (text: string) => {
    this.sealed += 1;
    return Buffer.from(Buffer.from(text, 'utf8').map((byte) => byte ^ 0xff));
  };
  decryptStringAsync = async (bytes: Buffer) => {
    if (bytes.includes('broken')) throw new Error('wrong key');
    return {
      result: Buffer.from(bytes.map((byte) => byte ^ 0xff)).toString('utf8'),
      shouldReEncrypt: this.shouldReEncrypt,
    };
  };
}

let userDataDir: string;
let safeStorage: FakeSafeStorage;
const log = recordingLog();
const choose = (platform: NodeJS.Platform = 'linux') => chooseSecretStore({ safeStorage, platform, userDataDir, log });

beforeEach(async () => {
  userDataDir = await temporaryFolder('secrets');
  safeStorage = new FakeSafeStorage();
});

describe('the secret file store', () => {
  test('keeps, replaces and forgets the token', async () => {
    const store = createFileSecretStore(userDataDir);
    expect(await store.read()).toBeNull();
    await store.write('first');
    await store.write('second');
    expect(await store.read()).toBe('second');
    await store.clear();
    await store.clear();
    expect(await store.read()).toBeNull();
    expect(await readdir(userDataDir)).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('only its owner can read the file', async () => {
    const store = createFileSecretStore(userDataDir);
    await store.write('secret');
    const [name] = await readdir(userDataDir);
    expect((await stat(join(userDataDir, name ?? ''))).mode & 0o777).toBe(0o600);
  });
});

describe('chooseSecretStore', () => {
  test('chooses the system’s safe storage if it is available', async () => {
    const store = await choose();
    expect(store.kind).toBe('os');
    await store.write('token');
    expect(await store.read()).toBe('token');
    for (const name of await readdir(userDataDir)) {
      expect(await readFile(join(userDataDir, name), 'latin1')).not.toContain('token');
    }
    await store.clear();
    expect(await store.read()).toBeNull();
  });

  test.each<Backend>(['basic_text', 'unknown'])(
    'is the file on Linux with the backend %s, which protects nothing',
    async (backend) => {
      safeStorage.backend = backend;
      expect((await choose()).kind).toBe('file');
      expect((await choose('darwin')).kind).toBe('os');
    },
  );

  test('chooses the file if encryption is not available or the check fails', async () => {
    safeStorage.isAvailable = false;
    expect((await choose()).kind).toBe('file');
    safeStorage.isAsyncEncryptionAvailable = () => Promise.reject(new Error('no key ring'));
    expect((await choose('win32')).kind).toBe('file');
  });

  test('moves a token from the plain file into safe storage', async () => {
    await createFileSecretStore(userDataDir).write('old token');
    const store = await choose();
    expect(await store.read()).toBe('old token');
    expect(await createFileSecretStore(userDataDir).read()).toBeNull();
  });

  test('encrypts the token again when the key has changed', async () => {
    const store = await choose();
    await store.write('token');
    safeStorage.shouldReEncrypt = true;
    expect(await store.read()).toBe('token');
    expect(safeStorage.sealed).toBe(2);
  });

  test('sets aside a token that cannot be decrypted, and can store a new one', async () => {
    await writeFile(join(userDataDir, 'sign-in-token.sealed'), 'broken');
    const store = await choose();
    expect(await store.read()).toBeNull();
    expect(await readdir(userDataDir)).toEqual(['sign-in-token.sealed.unreadable']);
    await store.write('new');
    expect(await store.read()).toBe('new');
  });
});
