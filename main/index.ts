import { startElectronShell } from './app/electron-shell.ts';
import { composeApplication } from './compose.ts';
import { connectWindow, serveSession } from './ipc/electron/connect-window.ts';

// The composition root of the Electron shell. It only passes the parts to each other.
startElectronShell({ compose: composeApplication, serve: serveSession, connect: connectWindow });
