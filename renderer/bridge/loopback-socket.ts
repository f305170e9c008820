import { CallFailedError } from '../../shared/contract/call-answer.ts';
import type { BridgeMessage } from '../../shared/contract/loopback-protocol.ts';
import { BRIDGE_SOCKET_PATH, bridgeMessageSchema } from '../../shared/contract/loopback-protocol.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { createShellLink, type ShellLinkSource } from './shell-link.ts';

/**
 * Delay before the first reconnect, doubled up to the longest. The shell runs on this computer:
 * short delays cost nothing.
 */
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 4 * SECOND_MS;
/** Failed attempts before the screen says that Gabinet is not running. */
const ATTEMPTS_BEFORE_LOST = 3;

interface PendingCall {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface LoopbackSocket {
  readonly link: ShellLinkSource;
  invoke(channel: string, input: unknown): Promise<unknown>;
  onEvent(listener: (event: string, payload: unknown) => void): void;
  /** Disconnects and does not reconnect. */
  close(): void;
}

function socketUrl(): string {
  const url = new URL(BRIDGE_SOCKET_PATH, globalThis.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/**
 * One WebSocket that reconnects automatically. Calls made while it is disconnected are sent after
 * the reconnect; calls in progress are rejected when it breaks.
 */
export function openLoopbackSocket(): LoopbackSocket {
  const link = createShellLink('connecting');
  const pendingCalls = new Map<number, PendingCall>();
  const unsent: string[] = [];
  const eventListeners: ((event: string, payload: unknown) => void)[] = [];
  let socket: WebSocket | null = null;
  let nextId = 1;
  let failedAttempts = 0;
  let isEnded = false;
  let latest: WebSocket | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function receive(message: BridgeMessage): void {
    if (message.type === 'event') {
      for (const listener of eventListeners) listener(message.event, message.payload);
      return;
    }
    const call = pendingCalls.get(message.id);
    pendingCalls.delete(message.id);
    if (message.type === 'answer') call?.resolve(message.output);
    else call?.reject(new CallFailedError(message.failure));
  }

  function closed(): void {
    socket = null;
    failedAttempts += 1;
    const broken = [...pendingCalls.values()];
    pendingCalls.clear();
    unsent.length = 0;
    for (const call of broken) call.reject(new CallFailedError({ code: 'shell_connection_lost' }));
    if (isEnded) return;
    link.set(failedAttempts >= ATTEMPTS_BEFORE_LOST ? 'lost' : 'connecting');
    retry = setTimeout(connect, Math.min(FIRST_RETRY_MS * 2 ** failedAttempts, LONGEST_RETRY_MS));
  }

  function connect(): void {
    const opening = new WebSocket(socketUrl());
    latest = opening;
    opening.addEventListener('open', () => {
      socket = opening;
      failedAttempts = 0;
      for (const frame of unsent.splice(0)) opening.send(frame);
      link.set('connected');
    });
    opening.addEventListener('message', (event: MessageEvent<unknown>) => {
      receive(bridgeMessageSchema.parse(JSON.parse(String(event.data))));
    });
    opening.addEventListener('close', closed);
  }

  connect();
  return {
    link,
    invoke(channel, input) {
      const id = nextId++;
      const frame = JSON.stringify({ id, channel, input });
      return new Promise((resolve, reject) => {
        pendingCalls.set(id, { resolve, reject });
        if (socket) socket.send(frame);
        else unsent.push(frame);
      });
    },
    onEvent: (listener) => void eventListeners.push(listener),
    close() {
      isEnded = true;
      clearTimeout(retry);
      latest?.close();
    },
  };
}
