import process from 'node:process';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { FaultSwitch, type SwitchCommand } from './fault-switch.ts';
import { jumpingClock } from './jumping-clock.ts';
import { strikeFiles } from './strike-files.ts';

// Loaded with `--import` before anything of the product, in the process and in each of its threads.
// The product does not know of it.
const SHARED = 'gabinet-fault-switch';

function sharedSwitch(): FaultSwitch {
  const memory = getEnvironmentData(SHARED);
  if (memory instanceof SharedArrayBuffer) return new FaultSwitch(memory);
  const made = new FaultSwitch();
  setEnvironmentData(SHARED, made.memory);
  return made;
}

function obey(faults: FaultSwitch, command: SwitchCommand): number {
  switch (command.kind) {
    case 'arm':
      faults.arm(command.fault);
      return 0;
    case 'disarm':
      return faults.disarm();
    case 'clock':
      faults.setClock(command.offsetMs);
      return 0;
    default:
      return assertNever(command);
  }
}

const faults = sharedSwitch();
jumpingClock(faults);
strikeFiles(faults);
if (isMainThread) {
  const part = process.env.FAULT_PART;
  if (part === 'client') (await import('./strike-library.ts')).strikeLibrary(faults);
  if (part === 'server') (await import('./strike-queries.ts')).strikeQueries(faults);
  process.on('message', (message) => {
    const command = message as SwitchCommand;
    if (command.to === 'faults') process.send?.({ id: command.id, value: obey(faults, command) });
  });
  // The parent process is gone, so nobody else would end this one.
  process.on('disconnect', () => process.exit(0));
  process.channel?.unref();
}
