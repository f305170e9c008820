import './language.ts';
import diagnostics, { type TracingChannel } from 'node:diagnostics_channel';
import { supply } from './supply.ts';

/** Nobody subscribes here. */
const UNTRACED = { hasSubscribers: false };
supply(diagnostics, 'tracingChannel', <Store, Context extends object>() => UNTRACED as TracingChannel<Store, Context>);

/**
 * The fetch of Node 18 holds what aborts it by a WeakRef: after a garbage collection an answer that is
 * being read could no longer be ended.
 */
class StrongRef<Target extends WeakKey> {
  readonly #target: Target;
  constructor(target: Target) {
    this.#target = target;
  }
  deref(): Target {
    return this.#target;
  }
}
Reflect.set(globalThis, 'WeakRef', StrongRef);
