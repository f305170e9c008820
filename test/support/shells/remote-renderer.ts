import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import type { WindowControls } from '../../../shared/contract/bridge.ts';

const require = createRequire(import.meta.url);

export interface RemoteRenderer {
  require(name: string): unknown;
  getBuiltin(name: string): unknown;
  getGlobal(name: string): unknown;
  getCurrentWebContents(): unknown;
  getCurrentWindow(): WindowControls;
}

/** Runs with a stub for `require('electron')`, and loads every part of @electron/remote again. */
export async function withElectronStub<Value>(stub: object, run: () => Value): Promise<Awaited<Value>> {
  const path = require.resolve('electron');
  forget(path);
  require.cache[path] = { id: path, filename: path, loaded: true, exports: stub } as NodeJS.Module;
  Reflect.set(process, 'contextId', 'context-of-the-page');
  try {
    return await run();
  } finally {
    Reflect.deleteProperty(process, 'contextId');
    forget(path);
  }
}

function forget(electronPath: string): void {
  for (const path of Object.keys(require.cache)) {
    if (path === electronPath || path.replaceAll('\\', '/').includes('/@electron/remote/')) delete require.cache[path];
  }
}

/** @electron/remote's real renderer code over a stub of the sandbox's `electron`. */
export function loadRealRemoteRenderer(ipcRenderer: EventEmitter): Promise<RemoteRenderer> {
  return withElectronStub(
    { ipcRenderer, nativeImage: {} },
    () => require('@electron/remote/renderer') as RemoteRenderer,
  );
}
