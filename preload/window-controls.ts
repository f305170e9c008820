import type { WindowControls } from '../shared/contract/bridge.ts';

/** The part of `@electron/remote/renderer` that is used. */
export interface RemoteRenderer {
  getCurrentWindow(): WindowControls;
}

/**
 * The window buttons of the page's own title bar: the only use of @electron/remote. Null on macOS,
 * where the system draws them, and null if the main process does not offer them; the application
 * works without.
 */
export function connectWindowControls(platform: NodeJS.Platform, load: () => RemoteRenderer): WindowControls | null {
  if (platform === 'darwin') return null;
  try {
    const window = load().getCurrentWindow();
    // Plain functions: the remote object itself never reaches the page.
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
