import type { WindowControls } from '../shared/contract/bridge.ts';

interface RemoteRenderer {
  getCurrentWindow(): WindowControls;
}

/**
 * Bundled like an import, but run only when called: the module throws while it loads where Electron lacks what it needs, and
 * an import at the top would take the whole preload with it.
 */
declare const require: (name: '@electron/remote/renderer') => RemoteRenderer;

/**
 * The buttons of the page's own title bar, through @electron/remote: the only use of it. Null on macOS, where the system draws
 * them, and null if the main process does not give them; the application works without.
 */
export function connectWindowControls(platform: NodeJS.Platform): WindowControls | null {
  if (platform === 'darwin') return null;
  try {
    const window = require('@electron/remote/renderer').getCurrentWindow();
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
