import type { BridgeMessage } from '../../shared/contract/loopback-protocol.ts';
import { BRIDGE_SOCKET_PATH, bridgeMessageSchema } from '../../shared/contract/loopback-protocol.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { bridgeTexts } from './bridge-texts.en.ts';
import { createShellLink, type ShellLinkSource } from './shell-link.ts';

/** First wait before connecting again; doubled up to the longest. The shell is on this machine: short waits cost nothing. */
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 4 * SECOND_MS;
/** Failed attempts before the screen says that the application has ended. */
const ATTEMPTS_BEFORE_LOST = 3;

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface LoopbackSocket {
  readonly link: ShellLinkSource;
  invoke(channel: string, input: unknown): Promise<unknown>;
  onEvent(listener: (event: string, payload: unknown) => void): void;
}

function socketUrl(): string {
  const url = new URL(BRIDGE_SOCKET_PATH, globalThis.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** One WebSocket that comes back by itself. Calls made while it is away wait; calls under way when it breaks reject. */
export function openLoopbackSocket(): LoopbackSocket {
  const link = createShellLink('connecting');
  const underWay = new Map<number, Waiting>();
  const unsent: string[] = [];
  const eventListeners: ((event: string, payload: unknown) => void)[] = [];
  let socket: WebSocket | null = null;
  let nextId = 1;
  let failedAttempts = 0;

  function receive(message: BridgeMessage): void {
    if (message.type === 'event') {
      for (const listener of eventListeners) listener(message.event, message.payload);
      return;
    }
    const waiting = underWay.get(message.id);
    underWay.delete(message.id);
    if (message.type === 'answer') waiting?.resolve(message.output);
    else waiting?.reject(new Error(message.message));
  }

  function closed(): void {
    socket = null;
    failedAttempts += 1;
    const broken = [...underWay.values()];
    underWay.clear();
    unsent.length = 0;
    for (const waiting of broken) waiting.reject(new Error(bridgeTexts.connectionLost));
    link.set(failedAttempts >= ATTEMPTS_BEFORE_LOST ? 'lost' : 'connecting');
    setTimeout(connect, Math.min(FIRST_RETRY_MS * 2 ** failedAttempts, LONGEST_RETRY_MS));
  }

  function connect(): void {
    const opening = new WebSocket(socketUrl());
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
        underWay.set(id, { resolve, reject });
        if (socket) socket.send(frame);
        else unsent.push(frame);
      });
    },
    onEvent: (listener) => void eventListeners.push(listener),
  };
}
