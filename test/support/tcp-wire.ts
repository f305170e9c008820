import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire between a client and a server that a test can cut at any moment. Listens on loopback only. */
export interface TcpProxy {
  readonly url: string;
  /** Bytes that went towards the server so far. */
  readonly sentBytes: number;
  /** Bytes that came back from it so far. */
  readonly answeredBytes: number;
  /**
   * Called for everything sent to the server, before it is passed on, with the total number of
   * bytes so far.
   */
  onSent: ((sentBytes: number) => void) | null;
  /**
   * Called with everything the server sends back, before it is passed on. Returning true discards
   * it and cuts the wire.
   */
  onAnswer: ((bytes: Buffer) => boolean) | null;
  /** Limit of the bytes per second to the server; null means unlimited. */
  bytesPerSecond: number | null;
  /**
   * From now on about this many bytes are passed back from the server; the rest stays with the
   * server until this is null.
   */
  answersLeft: number | null;
  /**
   * Passes nothing in either direction until `resume`. Connections stay open, and what was sent
   * arrives afterwards.
   */
  pause(): void;
  resume(): void;
  /** Cuts all connections; new ones are refused at once until `restore`. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

/** How often a slowed-down wire lets bytes through, in milliseconds. */
const TICK_MS = 20;

/**
 * A proxy to a server on loopback. `serverUrl` is called for each new connection, so the server may
 * move. The caller closes it.
 */
export async function openTcpWire(serverUrl: () => string): Promise<TcpProxy> {
  const wire = new Wire(serverUrl);
  await wire.listen();
  return wire;
}

class Wire implements TcpProxy {
  onAnswer: TcpProxy['onAnswer'] = null;
  bytesPerSecond: number | null = null;
  onSent: TcpProxy['onSent'] = null;
  sentBytes = 0;
  answeredBytes = 0;
  url = '';
  readonly #serverUrl: () => string;
  readonly #server = createServer((client) => this.#accept(client));
  readonly #sockets = new Set<Socket>();
  readonly #held = new Set<Socket>();
  #answersLeft: number | null = null;
  #isCut = false;
  /** Sends delayed until `resume`; null: not paused. */
  #waiting: (() => void)[] | null = null;

  constructor(serverUrl: () => string) {
    this.#serverUrl = serverUrl;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  get answersLeft(): number | null {
    return this.#answersLeft;
  }

  set answersLeft(bytes: number | null) {
    this.#answersLeft = bytes;
    for (const upstream of this.#held) upstream.resume();
    this.#held.clear();
  }

  pause(): void {
    this.#waiting ??= [];
  }

  resume(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const resume of waiting) resume();
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore(): void {
    this.#isCut = false;
  }

  #accept(client: Socket): void {
    if (this.#isCut) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(new URL(this.#serverUrl()).port), '127.0.0.1');
    this.#couple(client, upstream);
    this.#couple(upstream, client);
    client.on('data', (bytes) => this.#whenFree(client, () => this.#send(bytes, client, upstream)));
    upstream.on('data', (bytes) => this.#whenFree(upstream, () => this.#receive(bytes, upstream, client)));
  }

  /** At once, or after `resume`; until then nothing more is read from this socket. */
  #whenFree(from: Socket, send: () => void): void {
    if (this.#waiting === null) {
      send();
      return;
    }
    from.pause();
    this.#waiting.push(() => {
      from.resume();
      send();
    });
  }

  #receive(bytes: Buffer, upstream: Socket, client: Socket): void {
    this.answeredBytes += bytes.byteLength;
    if (this.onAnswer?.(bytes) === true) client.destroy();
    else this.#answer(bytes, upstream, client);
  }

  #answer(bytes: Buffer, upstream: Socket, client: Socket): void {
    if (this.#answersLeft === null) {
      pass(bytes, upstream, client);
      return;
    }
    this.#answersLeft = Math.max(0, this.#answersLeft - bytes.byteLength);
    client.write(bytes);
    if (this.#answersLeft > 0) return;
    upstream.pause();
    this.#held.add(upstream);
  }

  #couple(socket: Socket, other: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#held.delete(socket);
      other.destroy();
    });
    // Tests break the wire on purpose; the other end is notified by the close event.
    socket.on('error', () => socket.destroy());
  }

  #send(bytes: Buffer, client: Socket, upstream: Socket): void {
    this.sentBytes += bytes.byteLength;
    this.onSent?.(this.sentBytes);
    if (upstream.destroyed) return;
    if (this.bytesPerSecond === null) {
      pass(bytes, client, upstream);
      return;
    }
    upstream.write(bytes);
    client.pause();
    const delayMs = Math.max(TICK_MS, (bytes.byteLength / this.bytesPerSecond) * 1000);
    setTimeout(() => client.resume(), delayMs);
  }
}

/** The wire buffers little; what it has buffered when it is cut is lost. */
function pass(bytes: Buffer, from: Socket, to: Socket): void {
  if (to.write(bytes)) return;
  from.pause();
  to.once('drain', () => from.resume());
}
