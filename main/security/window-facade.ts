import type { BrowserWindow } from 'electron';
import type { WindowControls } from '../../shared/contract/bridge.ts';

type ControlledWindow = Pick<
  BrowserWindow,
  'isDestroyed' | 'minimize' | 'maximize' | 'unmaximize' | 'isMaximized' | 'close'
>;

/**
 * Threat: @electron/remote hands out objects of the main process, and `constructor` on any of them
 * leads to the whole process. Here it hands out only this facade: frozen, without a prototype, with
 * four functions that have no prototype either. Each takes nothing and synchronously returns a
 * primitive, because a promise would be another object to start from.
 */
export function createWindowFacade(window: ControlledWindow): WindowControls {
  const act = (action: () => void) => bare(() => (window.isDestroyed() ? undefined : action()));
  const facade: WindowControls = {
    minimize: act(() => window.minimize()),
    toggleMaximize: act(() => (window.isMaximized() ? window.unmaximize() : window.maximize())),
    close: act(() => window.close()),
    isMaximized: bare(() => !window.isDestroyed() && window.isMaximized()),
  };
  return bare(facade);
}

/**
 * Arrow functions have no `prototype` property; without `Function.prototype` no `constructor` can
 * be reached.
 */
function bare<Value extends object>(value: Value): Value {
  Object.setPrototypeOf(value, null);
  return Object.freeze(value);
}

/** The names that may be called: only the facade's own functions, nothing inherited. */
export const FACADE_METHODS: ReadonlySet<unknown> = new Set<keyof WindowControls>([
  'minimize',
  'toggleMaximize',
  'close',
  'isMaximized',
]);
