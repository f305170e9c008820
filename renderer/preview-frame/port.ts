import type { PreviewCommand, PreviewMessage } from '../../shared/contract/preview-frame.ts';

/** The connection to the window. Once it is established, all other messages are ignored. */
export interface FramePort {
  send(message: PreviewMessage, transfer?: Transferable[]): void;
}

const HANDSHAKE = 'gabinet-preview';

interface Listener {
  readonly onConnect: (port: FramePort) => void;
  readonly onCommand: (command: PreviewCommand) => void;
}

/**
 * Waits for the one message that carries the port. Threat: another frame or the content of a bundle
 * posts to this window. Only the first message of the parent is accepted.
 */
export function listenForPort(frame: Window, { onConnect, onCommand }: Listener): void {
  const onMessage = (event: MessageEvent<unknown>) => {
    const [port] = event.ports;
    if (event.source !== frame.parent || !isHandshake(event.data) || !port) return;
    frame.removeEventListener('message', onMessage);
    port.addEventListener('message', ({ data }: MessageEvent<PreviewCommand>) => onCommand(data));
    port.start();
    onConnect({ send: (message, transfer = []) => port.postMessage(message, transfer) });
  };
  frame.addEventListener('message', onMessage);
}

function isHandshake(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === HANDSHAKE;
}
