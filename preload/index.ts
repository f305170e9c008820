import { contextBridge } from 'electron';
import { buildBridge } from './bridge.ts';
import { connectWindowControls, type RemoteRenderer } from './window-controls.ts';

/**
 * Bundled like an import, but run only when called: the module throws while it loads where Electron
 * lacks what it needs, and an import at the top would take the whole preload with it.
 */
declare const require: (name: '@electron/remote/renderer') => RemoteRenderer;

const windowControls = connectWindowControls(process.platform, () => require('@electron/remote/renderer'));
contextBridge.exposeInMainWorld('gabinet', buildBridge(windowControls));
