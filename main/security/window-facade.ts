import type { BrowserWindow } from 'electron';
import type { WindowControls } from '../../shared/contract/bridge.ts';

type ControlledWindow = Pick<
  BrowserWindow,
  'isDestroyed' | 'minimize' | 'maximize' | 'unmaximize' | 'isMaximized' | 'close'
>;

/**
 * Threat: @electron/remote hands out live objects of the main process, and from any of them `constructor` leads to all of it.
 * What it hands out here is this facade: no prototype, frozen, four functions without a prototype either, each of which takes
 * nothing and returns a primitive at once (a promise would be one more object to climb from).
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

/** Arrow functions have no `prototype` of their own; without `Function.prototype` there is no `constructor` to reach. */
function bare<Value extends object>(value: Value): Value {
  Object.setPrototypeOf(value, null);
  return Object.freeze(value);
}

/** The names that may be called; the facade's own, and nothing that an object has by birth. */
export const FACADE_METHODS: ReadonlySet<unknown> = new Set<keyof WindowControls>([
  'minimize',
  'toggleMaximize',
  'close',
  'isMaximized',
]);
