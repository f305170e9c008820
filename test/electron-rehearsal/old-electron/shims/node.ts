import './language.ts';

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
