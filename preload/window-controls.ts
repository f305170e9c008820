import type { WindowControls } from '../shared/contract/bridge.ts';

/** What is used of @electron/remote's renderer part. */
export interface RemoteRenderer {
  getCurrentWindow(): WindowControls;
}

/**
 * The buttons of the page's own title bar, through @electron/remote: the only use of it. Null on macOS, where the system draws
 * them, and null if the main process does not give them; the application works without.
 */
export function connectWindowControls(platform: NodeJS.Platform, load: () => RemoteRenderer): WindowControls | null {
  if (platform === 'darwin') return null;
  try {
    const window = load().getCurrentWindow();
    // Plain functions: the remote object itself never goes into the page's world.
    return {
      minimize: () => window.minimize(),
      toggleMaximize: () => window.toggleMaximize(),
      close: () => window.close(),
      isMaximized: () => window.isMaximized(),
    };
  } catch {
    return null;
  }
}
