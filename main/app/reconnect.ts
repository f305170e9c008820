import type { PowerMonitor } from 'electron';
import type { Application } from '../application.ts';

/**
 * Connects again when the computer wakes up. Connections do not survive sleep, but nothing says so:
 * the other end may never notice, and a request over them waits for its limit.
 */
export function reconnectAfterSleep(
  powerMonitor: Pick<PowerMonitor, 'on'>,
  application: Pick<Application, 'reconnect'>,
): void {
  powerMonitor.on('resume', () => application.reconnect());
}
