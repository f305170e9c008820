import { contextBridge } from 'electron';
import { buildBridge } from './bridge.ts';
import { connectWindowControls } from './window-controls.ts';

// Runs in the sandbox, in a world of its own, before the page. Exposes one object and keeps the way to the main process.
contextBridge.exposeInMainWorld('gabinet', buildBridge(connectWindowControls(process.platform)));
