import type { FramePort } from './port.ts';

/** The window's keys end at the frame's border: those that end a preview are told, so that they also work after a look around. */
const LEAVE_KEYS: ReadonlySet<string> = new Set(['Escape', ' ']);

export function tellLeaveKeys(frame: Window, port: FramePort): void {
  frame.addEventListener('keydown', (event) => {
    if (!LEAVE_KEYS.has(event.key) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    port.send({ type: 'leave' });
  });
}
