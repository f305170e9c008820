import type { Bridge, PreloadBridge } from '../../shared/contract/bridge.ts';
import { createBrowserBridge } from './browser-bridge.ts';
import { openLoopbackSocket } from './loopback-socket.ts';
import { createPreloadBridge } from './preload-bridge.ts';
import { alwaysConnected, type ShellLinkSource } from './shell-link.ts';

declare global {
  interface Window {
    /** Put there by the preload script; its shape is the contract's. */
    readonly gabinet?: PreloadBridge<File>;
  }
}

export interface ConnectedBridge {
  readonly bridge: Bridge<File>;
  readonly link: ShellLinkSource;
}

let connected: ConnectedBridge | null = null;

function connect(): ConnectedBridge {
  if (window.gabinet) return { bridge: createPreloadBridge(window.gabinet), link: alwaysConnected };
  const socket = openLoopbackSocket();
  return { bridge: createBrowserBridge(socket), link: socket.link };
}

/** Connects on first use, so that importing this file does nothing. */
function connection(): ConnectedBridge {
  connected ??= connect();
  return connected;
}

export function getBridge(): Bridge<File> {
  return connection().bridge;
}

export function getShellLink(): ShellLinkSource {
  return connection().link;
}
