import type { RawData, WebSocket } from 'ws';
import { type Log, stackOf } from '../../../node/log.ts';
import { channels, type EventName, type EventPayload } from '../../../shared/contract/bridge.ts';
import { answerCall } from '../../../shared/contract/call-answer.ts';
import {
  type BridgeMessage,
  type BridgeRequest,
  bridgeRequestSchema,
} from '../../../shared/contract/loopback-protocol.ts';
import { MIB } from '../../../shared/lib/sizes.ts';
import type { Application } from '../../application.ts';

/**
 * Requests of one page that may run at once. Beyond that the socket is not read until one has
 * ended.
 */
const MAX_RUNNING_REQUESTS = 64;
/**
 * Bytes that may be queued for a page that does not read. Beyond that it is disconnected; it
 * reconnects and reloads everything.
 */
const MAX_WAITING_BYTES = 32 * MIB;

/** RFC 6455, section 7.4.1. */
export const CLOSE_GOING_AWAY = 1001;
export const CLOSE_BAD_DATA = 1007;
export const CLOSE_TRY_AGAIN = 1013;

/** Runs the loopback protocol on one socket whose sender has been checked. */
export class BridgeConnection {
  readonly #socket: WebSocket;
  readonly #application: Application;
  readonly #log: Log;
  #running = 0;

  constructor(socket: WebSocket, application: Application, log: Log) {
    this.#socket = socket;
    this.#application = application;
    this.#log = log;
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('error', (error) => log.warn('The bridge socket failed', { reason: error.message }));
  }

  sendEvent<Name extends EventName>(event: Name, payload: EventPayload<Name>): void {
    this.#send({ type: 'event', event, payload });
  }

  close(): void {
    this.#socket.close(CLOSE_GOING_AWAY, 'the application ends');
  }

  #receive(data: RawData, isBinary: boolean): void {
    const request = isBinary ? null : parseRequest(data);
    if (request === null) {
      this.#log.warn('The bridge socket received something that is not a request');
      this.#socket.close(CLOSE_BAD_DATA, 'not a request');
      return;
    }
    this.#started();
    void this.#answer(request).finally(() => this.#ended());
  }

  async #answer(request: BridgeRequest): Promise<void> {
    const { id, channel } = request;
    const answer = await answerCall(
      () => callChannel(this.#application, request),
      (error) => this.#log.error('A call failed', { channel: channel.slice(0, 80), error: stackOf(error) }),
    );
    if (answer.ok) this.#send({ type: 'answer', id, output: answer.output });
    else this.#send({ type: 'error', id, failure: answer.failure });
  }

  #send(message: BridgeMessage): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > MAX_WAITING_BYTES) {
      this.#log.warn('The bridge socket was closed because the page does not read');
      this.#socket.close(CLOSE_TRY_AGAIN, 'too much is waiting');
      this.#socket.terminate();
      return;
    }
    this.#socket.send(JSON.stringify(message));
  }

  #started(): void {
    this.#running += 1;
    if (this.#running >= MAX_RUNNING_REQUESTS) this.#socket.pause();
  }

  #ended(): void {
    this.#running -= 1;
    if (this.#socket.isPaused && this.#running < MAX_RUNNING_REQUESTS) this.#socket.resume();
  }
}

/** Channels outside the contract never reach the application. */
async function callChannel(application: Application, request: BridgeRequest): Promise<unknown> {
  if (!Object.hasOwn(channels, request.channel)) throw new Error('There is no such channel.');
  return application.invoke(request.channel, request.input);
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8');
}

function parseRequest(data: RawData): BridgeRequest | null {
  try {
    const parsed = bridgeRequestSchema.safeParse(JSON.parse(textOf(data)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
