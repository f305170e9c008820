import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { frameHeaders } from '../../../main/security/content-security-policy.ts';
import type { PreviewCommand, PreviewMessage } from '../../../shared/contract/preview-frame.ts';
import { projectRoot } from './process.ts';

/**
 * The longest that software rendering on a busy machine may take for one answer, in milliseconds.
 */
const ANSWER_MS = 30_000;
const SIDE_PX = 240;

const HOST_PAGE = `<!doctype html><style>body { margin: 0 }</style>
<iframe sandbox="allow-scripts" src="/preview.html" style="width:${SIDE_PX}px;height:${SIDE_PX}px;border:0"></iframe>`;

type MessageOf<Type extends PreviewMessage['type']> = Extract<PreviewMessage, { type: Type }>;

/**
 * Serves the built frame with the policy of the product, and an empty page that holds it, as the
 * window does.
 */
export class PreviewServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<PreviewServer> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      answerWith(response, pathname).catch(() => response.writeHead(404).end());
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new PreviewServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function answerWith(response: ServerResponse, pathname: string): Promise<void> {
  if (pathname === '/') {
    response.setHeader('content-type', 'text/html').end(HOST_PAGE);
    return;
  }
  const content = await readFile(join(projectRoot, 'out/preview', pathname));
  const type = extname(pathname) === '.html' ? 'text/html' : 'text/javascript';
  response.writeHead(200, { ...frameHeaders(), 'content-type': type, 'access-control-allow-origin': '*' }).end(content);
}

/** The messages that the page has received from the frame. */
interface HostWindow extends Window {
  port: MessagePort;
  messages: PreviewMessage[];
}

async function goToFrame(page: Page, serverUrl: string): Promise<void> {
  await page.setViewportSize({ width: SIDE_PX, height: SIDE_PX });
  await page.goto(serverUrl);
}

/** Puts the frame in place of everything that the window shows, as the product serves it. */
async function showOnlyFrame(page: Page): Promise<void> {
  await page.evaluate((side) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.src = '/preview.html';
    const place = { position: 'fixed', left: '0', top: '0', border: '0', width: `${side}px`, height: `${side}px` };
    Object.assign(frame.style, place);
    const isLoaded = new Promise((resolve) => {
      frame.addEventListener('load', resolve, { once: true });
    });
    document.body.replaceChildren(frame);
    return isLoaded.then(() => undefined);
  }, SIDE_PX);
}

/** The window's end of the connection, for tests. */
export class PreviewHost {
  readonly page: Page;
  readonly requests: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('request', (request) => this.requests.push(request.url()));
  }

  /** In the page of a server for previews, or in the window of Electron, which has the frame itself. */
  static async open(page: Page, serverUrl: string): Promise<PreviewHost> {
    const host = new PreviewHost(page);
    await (page.url().startsWith('app:') ? showOnlyFrame(page) : goToFrame(page, serverUrl));
    await page.evaluate(() => {
      const kept = window as unknown as HostWindow;
      const channel = new MessageChannel();
      kept.messages = [];
      kept.port = channel.port1;
      kept.port.addEventListener('message', ({ data }: MessageEvent<PreviewMessage>) => kept.messages.push(data));
      kept.port.start();
      document.querySelector('iframe')?.contentWindow?.postMessage({ type: 'gabinet-preview' }, '*', [channel.port2]);
    });
    await host.answer('ready');
    return host;
  }

  /** Sends a command to the frame and forgets all earlier messages. */
  async send(command: PreviewCommand): Promise<void> {
    await this.page.evaluate((sent) => {
      const host = window as unknown as HostWindow;
      host.messages.length = 0;
      host.port.postMessage(sent, []);
    }, command);
  }

  /** Opens a bundle and returns the reply of the frame, which may be a failure. */
  async openBundle(bytes: Uint8Array): Promise<MessageOf<'opened'> | MessageOf<'failed'>> {
    await this.page.evaluate((base64) => {
      const host = window as unknown as HostWindow;
      host.messages.length = 0;
      const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      host.port.postMessage({ type: 'open', bytes: content.buffer, fileName: 'avatar.gab' }, [content.buffer]);
    }, Buffer.from(bytes).toString('base64'));
    return this.answer('opened', 'failed');
  }

  /** Waits for the first message of these types since the last `send`. */
  async answer<Type extends PreviewMessage['type']>(...types: readonly Type[]): Promise<MessageOf<Type>> {
    const handle = await this.page.waitForFunction(
      (wanted) => {
        const { messages } = window as unknown as HostWindow;
        return messages.find(({ type }) => wanted.includes(type));
      },
      types as readonly string[],
      { timeout: ANSWER_MS },
    );
    return (await handle.jsonValue()) as MessageOf<Type>;
  }

  messages(): Promise<PreviewMessage[]> {
    return this.page.evaluate(() => (window as unknown as HostWindow).messages);
  }

  /** The pixels that the frame shows now. */
  async look(isTransparent = false): Promise<Picture> {
    await this.send({ type: 'capture', requestId: 7, sidePx: 128, isTransparent });
    await this.answer('captured');
    const base64 = await this.page.evaluate(() => {
      const { messages } = window as unknown as HostWindow;
      const captured = messages.find(({ type }) => type === 'captured') as MessageOf<'captured'>;
      return btoa(String.fromCharCode(...new Uint8Array(captured.png)));
    });
    const decoded = sharp(Buffer.from(base64, 'base64')).ensureAlpha().raw();
    const { data, info } = await decoded.toBuffer({ resolveWithObject: true });
    return new Picture(data, info.width, info.height);
  }
}

type Rgba = readonly [number, number, number, number];

/** Pixels as red, green, blue, alpha. */
export class Picture {
  readonly #data: Buffer;
  readonly width: number;
  readonly height: number;

  constructor(data: Buffer, width: number, height: number) {
    this.#data = data;
    this.width = width;
    this.height = height;
  }

  /** The color at a position, x and y from 0 to 1 from the upper left. */
  at(across: number, down: number): Rgba {
    const x = Math.min(this.width - 1, Math.floor(across * this.width));
    const y = Math.min(this.height - 1, Math.floor(down * this.height));
    const [red = 0, green = 0, blue = 0, alpha = 0] = this.#data.subarray((y * this.width + x) * 4);
    return [red, green, blue, alpha];
  }

  /** Share of the pixels, 0 to 1, that are not the color of the upper left corner. */
  get drawnShare(): number {
    const corner = this.at(0, 0);
    return this.#shareOf((at) =>
      corner.some((value, channel) => Math.abs((this.#data[at + channel] ?? 0) - value) > 8),
    );
  }

  /** Share of the pixels that differ between two pictures of the same size. */
  differenceTo(other: Picture): number {
    return this.#shareOf((at) =>
      [0, 1, 2].some((channel) => Math.abs((this.#data[at + channel] ?? 0) - (other.#data[at + channel] ?? 0)) > 8),
    );
  }

  #shareOf(isCounted: (at: number) => boolean): number {
    let counted = 0;
    for (let at = 0; at < this.#data.byteLength; at += 4) if (isCounted(at)) counted += 1;
    return (counted * 4) / this.#data.byteLength;
  }
}
