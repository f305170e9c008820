import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What can happen to one request on its way. */
export const wireFaults = [
  /** The connection ends before anything reaches the server. */
  'cut-before',
  /** The server gets a part of the body, then the connection ends. */
  'cut-in-request',
  /** The server has answered; the answer is lost. */
  'cut-before-answer',
  /** The client gets a part of the answer, then the connection ends. */
  'cut-in-answer',
  /** The server gets the same request twice, one after the other. */
  'twice',
  /** The server gets the same request twice at once. */
  'twice-at-once',
  /** The server gets it a second time much later, when other things have happened. */
  'again-later',
  /** The connection to the client ends. The server gets the request only later. */
  'only-later',
  /** Request and answer come in small pieces. */
  'slow',
  /** Something on the way answers in place of the server. */
  'gateway',
] as const;
export type WireFaultKind = (typeof wireFaults)[number];

/** Which requests a fault waits for. */
export const wireTargets = ['write', 'announce', 'stream', 'complete', 'feed', 'any'] as const;
export type WireTarget = (typeof wireTargets)[number];

export interface WireFault {
  readonly kind: WireFaultKind;
  readonly on: WireTarget;
  /** So many of them pass unharmed first. */
  readonly skip: number;
}

/**
 * The delay of a late request, in milliseconds: long enough for other requests to end before it.
 */
const LATE_MS = 150;
const SLOW_PIECES = 6;
const SLOW_GAP_MS = 12;
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding'] as const;

const TARGETS: Readonly<Record<WireTarget, (method: string, path: string) => boolean>> = {
  write: (method) => method !== 'GET' && method !== 'HEAD',
  announce: (method, path) => method === 'POST' && /\/projects\/[^/]+\/uploads$/.test(path),
  stream: (method, path) => method === 'PUT' && path.endsWith('/stream'),
  complete: (method, path) => method === 'POST' && path.endsWith('/complete'),
  feed: (method, path) => method === 'GET' && path.endsWith('/changes'),
  any: () => true,
};

interface Letter {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

type Armed = WireFault & { skip: number };

/**
 * The line between one client and the server: reads requests, and does to some of them what was
 * armed. Loopback only.
 */
export class FaultWire {
  url = '';
  /** How often each fault struck, since `takeStruck`. */
  #struck = new Map<WireFaultKind, number>();
  /** What the server answered to each idempotency key, whether or not it came through. */
  readonly answers = new Map<string, number[]>();
  readonly #serverUrl: () => string | null;
  readonly #server = createServer((request, response) => {
    this.#carry(request, response).catch(() => request.socket.destroy());
  });
  #armed: Armed[] = [];
  #isCut = false;
  readonly #late = new Set<Promise<unknown>>();
  readonly #sockets = new Set<IncomingMessage['socket']>();

  /** `serverUrl` is asked for each request; null: there is no server just now. */
  constructor(serverUrl: () => string | null) {
    this.#serverUrl = serverUrl;
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  arm(fault: WireFault): void {
    this.#armed.push({ ...fault });
  }

  /** Cuts all connections; new ones end at once until `restore`. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Ends all faults on this wire. Resolves when the late requests have been sent. */
  async restore(): Promise<void> {
    this.#isCut = false;
    this.#armed = [];
    await Promise.all(this.#late);
  }

  takeStruck(): ReadonlyMap<WireFaultKind, number> {
    const struck = this.#struck;
    this.#struck = new Map();
    return struck;
  }

  async close(): Promise<void> {
    this.cut();
    await Promise.all(this.#late);
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  /** The next fault for this request, if its turn has come. */
  #take(method: string, path: string): WireFaultKind | null {
    // A stream of events has no end that could be waited for; `cut` is what happens to it.
    if (path.endsWith('/events')) return null;
    for (const fault of this.#armed) {
      if (!TARGETS[fault.on](method, path)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      this.#armed = this.#armed.filter((one) => one !== fault);
      this.#struck.set(fault.kind, (this.#struck.get(fault.kind) ?? 0) + 1);
      return fault.kind;
    }
    return null;
  }

  async #carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const method = request.method ?? 'GET';
    const server = this.#serverUrl();
    if (this.#isCut || server === null) return void request.socket.destroy();
    const fault = this.#take(method, path.split('?')[0] ?? '');
    if (fault === null) return this.#pipe(server, request, response);
    if (fault === 'cut-before') return void request.socket.destroy();
    const letter: Letter = { method, path, headers: headersOf(request.headers), body: await bodyOf(request) };
    await this.#harm(fault, { server, letter, response });
  }

  async #harm(
    fault: Exclude<WireFaultKind, 'cut-before'>,
    {
      server,
      letter,
      response,
    }: { readonly server: string; readonly letter: Letter; readonly response: ServerResponse },
  ): Promise<void> {
    switch (fault) {
      case 'cut-in-request':
        await sendPart(server, letter);
        return void response.socket?.destroy();
      case 'cut-before-answer':
        await this.#send(server, letter);
        return void response.socket?.destroy();
      case 'cut-in-answer':
        return answerPart(response, await this.#send(server, letter));
      case 'twice':
        await this.#send(server, letter);
        return answer(response, await this.#send(server, letter));
      case 'twice-at-once': {
        const [first] = await Promise.all([this.#send(server, letter), this.#send(server, letter).catch(() => null)]);
        return answer(response, first);
      }
      case 'again-later':
        this.#sendLate(letter);
        return answer(response, await this.#send(server, letter));
      case 'only-later':
        this.#sendLate(letter);
        return void response.socket?.destroy();
      case 'slow':
        return answer(response, await this.#send(server, letter, SLOW_GAP_MS), SLOW_GAP_MS);
      case 'gateway':
        return answer(response, GATEWAY);
    }
  }

  #note(key: string | string[] | undefined, status: number | undefined): void {
    if (typeof key === 'string') this.answers.set(key, [...(this.answers.get(key) ?? []), status ?? 0]);
  }

  async #send(server: string, letter: Letter, gapMs = 0): Promise<Reply> {
    const reply = await send(server, letter, gapMs);
    this.#note(letter.headers['idempotency-key'], reply.status);
    return reply;
  }

  #sendLate(letter: Letter): void {
    const late = (async () => {
      await delay(LATE_MS);
      const server = this.#serverUrl();
      // Nobody waits for its response, so errors are ignored.
      if (server !== null) await this.#send(server, letter).catch(() => undefined);
    })().finally(() => this.#late.delete(late));
    this.#late.add(late);
  }

  /** Without a fault bytes pass as they come, so that an open stream of events is one. */
  #pipe(server: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    return new Promise((resolve) => {
      const give = () => {
        request.socket.destroy();
        resolve();
      };
      const onward = httpRequest(server + (request.url ?? '/'), {
        method: request.method ?? 'GET',
        headers: headersOf(request.headers),
      });
      onward.on('response', (reply) => {
        this.#note(request.headers['idempotency-key'], reply.statusCode);
        response.writeHead(reply.statusCode ?? 502, headersOf(reply.headers));
        response.flushHeaders();
        reply.on('error', give).on('aborted', give);
        reply.pipe(response);
      });
      onward.on('error', give);
      response.on('close', () => {
        onward.destroy();
        resolve();
      });
      request.on('error', give);
      request.pipe(onward);
    });
  }
}

const GATEWAY: Reply = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from('<html><body>Bad gateway</body></html>'),
};

function headersOf(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !(HOP_BY_HOP as readonly string[]).includes(name));
  return Object.fromEntries(kept) as Record<string, string>;
}

async function bodyOf(message: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const blocks: Uint8Array[] = [];
  for await (const block of message) blocks.push(block);
  return Buffer.concat(blocks);
}

function begin(server: string, { method, path, headers, body }: Letter) {
  const { 'content-length': _, ...others } = headers;
  const length = body.byteLength > 0 ? { 'content-length': String(body.byteLength) } : {};
  return httpRequest(server + path, { method, headers: { ...others, ...length }, agent: false });
}

/**
 * Sends one request on a separate connection. With a gap in milliseconds it is sent in small
 * pieces.
 */
function send(server: string, letter: Letter, gapMs = 0): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const onward = begin(server, letter);
    onward.on('error', reject);
    onward.on('response', (reply) => {
      bodyOf(reply).then(
        (body) => resolve({ status: reply.statusCode ?? 502, headers: headersOf(reply.headers), body }),
        reject,
      );
    });
    void writePieces(onward, letter.body, gapMs).then(() => onward.end());
  });
}

function sendPart(server: string, letter: Letter): Promise<void> {
  return new Promise((resolve) => {
    const onward = begin(server, letter);
    onward.on('error', () => resolve());
    onward.on('close', () => resolve());
    onward.write(letter.body.subarray(0, Math.floor(letter.body.byteLength / 2)), () => onward.destroy());
  });
}

async function writePieces(target: { write(bytes: Uint8Array): boolean }, body: Buffer, gapMs: number): Promise<void> {
  const pieceBytes = gapMs === 0 ? body.byteLength : Math.ceil(body.byteLength / SLOW_PIECES);
  for (let at = 0; at < body.byteLength; at += pieceBytes) {
    target.write(body.subarray(at, at + pieceBytes));
    if (gapMs > 0) await delay(gapMs);
  }
}

async function answer(response: ServerResponse, { status, headers, body }: Reply, gapMs = 0): Promise<void> {
  response.writeHead(status, { ...headers, ...(body.byteLength > 0 && { 'content-length': String(body.byteLength) }) });
  await writePieces(response, body, gapMs);
  response.end();
}

/** The announced length never comes. */
async function answerPart(response: ServerResponse, { status, headers, body }: Reply): Promise<void> {
  response.writeHead(status, { ...headers, 'content-length': String(body.byteLength + 1) });
  await new Promise<void>((resolve) => {
    response.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => resolve());
  });
  response.socket?.destroy();
}
