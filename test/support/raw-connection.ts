import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface RawResponse {
  readonly status: number;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * One connection to a server, and what is on its wire. It ends with the test. Only responses with a
 * content length are understood.
 */
export class RawConnection {
  readonly socket: Socket;
  #received = Buffer.alloc(0);
  #isClosed = false;
  #wake: () => void = () => undefined;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.socket.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      this.#wake();
    });
    // A reset ends the connection like any other end.
    this.socket.on('error', () => undefined);
    this.socket.on('end', () => this.#end());
    this.socket.on('close', () => this.#end());
    onTestFinished(() => void this.socket.destroy());
  }

  #end(): void {
    this.#isClosed = true;
    this.#wake();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  send(...parts: readonly (string | Uint8Array)[]): void {
    for (const part of parts) this.socket.write(part);
  }

  /** The next response; null if the server closes the connection before it is complete. */
  async response(): Promise<RawResponse | null> {
    for (;;) {
      const response = this.#take();
      if (response) return response;
      if (this.#isClosed) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Resolves when the server has ended the connection. */
  async closed(): Promise<void> {
    while (!this.#isClosed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #take(): RawResponse | null {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const [start = '', ...lines] = this.#received.subarray(0, end).toString('latin1').split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const next = end + 4 + Number(headers['content-length'] ?? 0);
    if (this.#received.byteLength < next) return null;
    const body = this.#received.subarray(end + 4, next).toString();
    this.#received = this.#received.subarray(next);
    return { status: Number(start.split(' ')[1]), headers, body };
  }
}

/** The head of a request. */
export function headOf(request: string, headers: Readonly<Record<string, string | number>> = {}): string {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`${request} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}
