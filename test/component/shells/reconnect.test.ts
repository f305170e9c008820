import { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron';
import { expect, it } from 'vitest';
import { reconnectAfterSleep } from '../../../main/app/reconnect.ts';

it('connects again when the computer wakes up', () => {
  const powerMonitor = new EventEmitter();
  let reconnected = 0;
  const reconnect = () => {
    reconnected += 1;
  };
  reconnectAfterSleep(powerMonitor as unknown as PowerMonitor, { reconnect });
  powerMonitor.emit('suspend');
  expect(reconnected).toBe(0);
  powerMonitor.emit('resume');
  expect(reconnected).toBe(1);
});
