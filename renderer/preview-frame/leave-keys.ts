import type { FramePort } from './port.ts';

/**
 * The window does not receive keys pressed inside the frame. The keys that close a preview are
 * forwarded, so that they work here too.
 */
const LEAVE_KEYS: ReadonlySet<string> = new Set(['Escape', ' ']);

export function forwardLeaveKeys(frame: Window, port: FramePort): void {
  frame.addEventListener('keydown', (event) => {
    if (!LEAVE_KEYS.has(event.key) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    port.send({ type: 'leave' });
  });
}
