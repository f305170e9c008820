import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { type LoopbackServer, startLoopbackServer } from '../../../main/ipc/loopback/loopback-server.ts';
import { type BridgeMessage, bridgeMessageSchema } from '../../../shared/contract/loopback-protocol.ts';
import { createFakeApplication, type FakeApplication, recordingLog, temporaryFolder } from './fake-application.ts';
import { type RawAnswer, type RawRequest, rawRequest } from './raw-http.ts';

export interface LoopbackFixture {
  readonly application: FakeApplication;
  readonly server: LoopbackServer;
  readonly log: ReturnType<typeof recordingLog>;
  readonly origin: string;
  /** Without a session. */
  visit(request: Omit<RawRequest, 'port'>): Promise<RawAnswer>;
  /** Follows a new link and returns the cookie. */
  enter(): Promise<string>;
  /** An open bridge with the session's cookie and our origin. */
  connect(cookie: string): Promise<BridgeClient>;
  close(): Promise<void>;
}

export interface BridgeClient {
  readonly socket: WebSocket;
  send(message: unknown): void;
  next(): Promise<BridgeMessage>;
}

/** A renderer of a few lines; `frameScript` is the code of its preview frame, `pageScript` that of the window's page. */
export interface RendererScripts {
  readonly frameScript?: string;
  readonly pageScript?: string;
}

export async function startLoopbackFixture(scripts: RendererScripts = {}): Promise<LoopbackFixture> {
  const application = await createFakeApplication();
  const rendererDir = await plainRenderer(scripts);
  const log = recordingLog();
  const server = await startLoopbackServer({ application, rendererDir, frameDir: rendererDir, log, port: 0 });
  const origin = `http://127.0.0.1:${server.port}`;
  const visit = (request: Omit<RawRequest, 'port'>) => rawRequest({ port: server.port, ...request });
  return {
    application,
    server,
    log,
    origin,
    visit,
    async enter() {
      const link = new URL(server.issueLink());
      const answer = await visit({ path: `${link.pathname}${link.search}` });
      return (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
    },
    connect: (cookie) => openBridge(`ws://127.0.0.1:${server.port}/bridge`, { cookie, origin }),
    async close() {
      await server.close();
      await Promise.all([application.receivedFilesDir, rendererDir].map((dir) => rm(dir, { recursive: true })));
    },
  };
}

async function plainRenderer({ frameScript = '', pageScript = '' }: RendererScripts): Promise<string> {
  const dir = join(await temporaryFolder('renderer'), 'renderer');
  await mkdir(join(dir, 'assets'), { recursive: true });
  await writeFile(
    join(dir, 'index.html'),
    '<!doctype html><meta nonce="__GABINET_STYLE_NONCE__"><p>renderer</p><script type="module" src="./assets/main-abc123.js"></script>',
  );
  await writeFile(
    join(dir, 'preview.html'),
    '<!doctype html><p>frame</p><script type="module" crossorigin src="./assets/frame-abc123.js"></script>',
  );
  await writeFile(join(dir, 'assets', 'main-abc123.js'), `${pageScript}\nexport {};`);
  await writeFile(join(dir, 'assets', 'frame-abc123.js'), `import './shared-abc123.js';\n${frameScript}`);
  await writeFile(join(dir, 'assets', 'shared-abc123.js'), 'export {};');
  await writeFile(join(dir, 'build-files.json'), JSON.stringify(BUILD_FILES));
  await writeFile(join(dir, '..', 'secret.json'), '{"secret":true}');
  return dir;
}

const BUILD_FILES = {
  'index.html': { file: 'assets/main-abc123.js', isEntry: true },
  'preview.html': { file: 'assets/frame-abc123.js', isEntry: true, imports: ['_shared.js'] },
  '_shared.js': { file: 'assets/shared-abc123.js' },
};

export function openBridge(url: string, headers: Record<string, string>): Promise<BridgeClient> {
  const socket = new WebSocket(url, { headers });
  const arrived: BridgeMessage[] = [];
  const waiting: ((message: BridgeMessage) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const message = bridgeMessageSchema.parse(JSON.parse(data.toString('utf8')));
    const taker = waiting.shift();
    if (taker) taker(message);
    else arrived.push(message);
  });
  const client: BridgeClient = {
    socket,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next() {
      const message = arrived.shift();
      return message ? Promise.resolve(message) : new Promise((resolve) => waiting.push(resolve));
    },
  };
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(client));
    socket.once('error', reject);
  });
}
