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
  const connect = () => load().getCurrentWindow();
  try {
    return controlsOf(connect(), connect);
  } catch {
    return null;
  }
}

/**
 * Plain functions: the remote object itself never reaches the page. The main process keeps one such
 * object, for the document that asked last. On a busy computer another document of the same window
 * has been seen to ask after this one, so a refused call is repeated with a new object.
 */
function controlsOf(first: WindowControls, connect: () => WindowControls): WindowControls {
  let window = first;
  const call = <Value>(use: (controls: WindowControls) => Value): Value => {
    try {
      return use(window);
    } catch {
      window = connect();
      return use(window);
    }
  };
  return {
    minimize: () => call((controls) => controls.minimize()),
    toggleMaximize: () => call((controls) => controls.toggleMaximize()),
    close: () => call((controls) => controls.close()),
    isMaximized: () => call((controls) => controls.isMaximized()),
  };
}
