import type { BrowserWindow } from 'electron';
import type { EventPayload } from '../../../shared/contract/bridge.ts';

type StatefulWindow = Pick<BrowserWindow, 'on' | 'removeListener' | 'isDestroyed' | 'isMaximized'>;

/**
 * Notifies of each change of the window, also one made by the system: a double click on the title
 * bar, a key, a drag to the edge of the screen. Returns a function that ends it.
 */
export function followWindowState(
  window: StatefulWindow,
  changed: (state: EventPayload<'window.changed'>) => void,
): () => void {
  const report = () => {
    if (!window.isDestroyed()) changed({ isMaximized: window.isMaximized() });
  };
  window.on('maximize', report);
  window.on('unmaximize', report);
  return () => {
    window.removeListener('maximize', report);
    window.removeListener('unmaximize', report);
  };
}
