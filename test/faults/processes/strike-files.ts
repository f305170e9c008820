import fs, { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { type FaultSwitch, POINTS } from './fault-switch.ts';

type Method = (this: unknown, ...values: unknown[]) => Promise<unknown>;
type Methods = Record<string, Method>;

/** Dies at once, like in a power failure. Nothing of this process runs after it. */
export function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The kernel ends every thread before this one continues. If it does not, nothing else may happen
  // either.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const full = (): Error =>
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28, syscall: 'write' });

/** Puts the switch before the methods of Node that change files. */
export function strikeFiles(faults: FaultSwitch): void {
  const promises = fs.promises as unknown as Methods;
  for (const name of ['writeFile', 'appendFile', 'copyFile', 'cp']) wrap(promises, name, POINTS.fileWrite, faults);
  for (const name of ['rename', 'link', 'rm', 'unlink']) wrap(promises, name, POINTS.fileName, faults);
  const open = promises.open as Method;
  let isHandleKnown = false;
  promises.open = async function (...values) {
    const handle = (await strikeAt(faults, isWriting(values[1]) ? POINTS.fileName : 0, () =>
      open.apply(this, values),
    )) as FileHandle;
    if (!isHandleKnown) strikeHandles(Object.getPrototypeOf(handle) as Methods, faults);
    isHandleKnown = true;
    return handle;
  };
  syncBuiltinESMExports();
}

function strikeHandles(prototype: Methods, faults: FaultSwitch): void {
  for (const name of ['write', 'writev', 'writeFile', 'appendFile']) wrap(prototype, name, POINTS.fileWrite, faults);
  for (const name of ['sync', 'datasync']) wrap(prototype, name, POINTS.fileSync, faults);
}

function isWriting(flags: unknown): boolean {
  if (typeof flags === 'number') return (flags & (constants.O_WRONLY | constants.O_RDWR | constants.O_CREAT)) !== 0;
  return typeof flags === 'string' && flags !== 'r';
}

function wrap(target: Methods, name: string, point: number, faults: FaultSwitch): void {
  const real = target[name] as Method;
  target[name] = function (...values) {
    return strikeAt(faults, point, () => real.apply(this, values));
  };
}

async function strikeAt<Value>(faults: FaultSwitch, point: number, work: () => Promise<Value>): Promise<Value> {
  const effect = faults.strike(point);
  if (effect === 'kill-before') die();
  if (effect === 'full') throw full();
  const value = await work();
  if (effect === 'kill-after') die();
  return value;
}
