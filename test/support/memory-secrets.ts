import type { SecretStore } from '../../main/platform/secret-store.ts';

/** Stands in for the operating system's safe storage, which tests must not touch. Survives a restart of the application. */
export function memorySecrets(): SecretStore {
  let secret: string | null = null;
  return {
    kind: 'os',
    read: () => Promise.resolve(secret),
    write: (value) => {
      secret = value;
      return Promise.resolve();
    },
    clear: () => {
      secret = null;
      return Promise.resolve();
    },
  };
}
