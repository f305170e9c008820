import type { FaultSwitch } from './fault-switch.ts';

/**
 * Replaces the wall clock of this thread by one that the switch moves. Timers run on the monotonic
 * clock, as they do where a real clock jumps.
 */
export function jumpingClock(faults: FaultSwitch): void {
  const RealDate = Date;
  const handler: ProxyHandler<DateConstructor> = {
    construct: (target, values: unknown[], newTarget) =>
      Reflect.construct(target, values.length === 0 ? [jumpedNow()] : values, newTarget) as Date,
    get: (target, name, receiver) => (name === 'now' ? jumpedNow : Reflect.get(target, name, receiver)),
  };
  const jumpedNow = () => Math.trunc(RealDate.now() + faults.clockOffsetMs());
  globalThis.Date = new Proxy(RealDate, handler);
}
