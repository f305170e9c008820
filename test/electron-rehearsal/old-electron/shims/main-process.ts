import './node.ts';
import '../../../e2e/support/hold-until-attached.cjs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { app, safeStorage } from 'electron';
import { supply } from './supply.ts';

// Lets the addon of better-sqlite3 find its three functions when it is loaded.
process.dlopen(
  { exports: {} },
  join(app.getAppPath(), 'out/main/chunks/napi-references.node'),
  constants.dlopen.RTLD_NOW | constants.dlopen.RTLD_GLOBAL,
);

// What safe storage has been able to do without blocking since Electron 42.
supply(safeStorage, 'isAsyncEncryptionAvailable', async () => safeStorage.isEncryptionAvailable());
supply(safeStorage, 'encryptStringAsync', async (text) => safeStorage.encryptString(text));
supply(safeStorage, 'decryptStringAsync', async (sealed) => ({
  result: safeStorage.decryptString(sealed),
  shouldReEncrypt: false,
}));
supply(safeStorage, 'getSelectedStorageBackend', () => 'basic_text');
