import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createLogger, createServer, type Logger, type Plugin, type ProxyOptions, type ViteDevServer } from 'vite';
import config from '../electron.vite.config.ts';
import { createNonce, NONCE_PLACEHOLDER, protectiveHeaders } from '../main/security/content-security-policy.ts';

/**
 * Paths that the shell serves: its entry, dropped files, pictures, the preview frame and the
 * bridge. Vite serves all others.
 */
const SHELL_PATHS = '^/(?:\\?token=|stage\\?|media/|preview\\.html|assets/)';
const BRIDGE_PATH = '^/bridge$';
const CLIENT = '/@gabinet-dev-client';
/** A new shell has no sessions, so the page enters with its new link. */
const CLIENT_CODE = `import.meta.hot.on('gabinet:enter', ({ path }) => location.assign(path));`;

export interface DevScreenOptions {
  readonly port: number;
  readonly shellPort: number;
  readonly projectDir: string;
}

export interface DevScreen {
  /**
   * Converts the shell's one-time link into a link of Vite's server, and opens it in all open
   * pages.
   */
  enter(shellLink: string): string;
  /** Reloads all open pages. */
  reload(): void;
  close(): Promise<void>;
}

/**
 * The strict policy of the shells, except that scripts which Vite adds to the page carry the nonce
 * of the document.
 */
export function devHeaders(nonce: string, port: number): Record<string, string> {
  const headers = protectiveHeaders({ styleNonce: nonce, connect: [`ws://127.0.0.1:${port}`] });
  const policy = headers['content-security-policy'] ?? '';
  return {
    ...headers,
    'content-security-policy': policy.replace("script-src 'self'", `script-src 'self' 'nonce-${nonce}'`),
    'cache-control': 'no-store',
  };
}

async function sendDocument(vite: ViteDevServer, response: ServerResponse, port: number): Promise<void> {
  const source = await readFile(join(vite.config.root, 'index.html'), 'utf8');
  const html = await vite.transformIndexHtml('/', source);
  const nonce = createNonce();
  response.writeHead(200, { ...devHeaders(nonce, port), 'content-type': 'text/html; charset=utf-8' });
  response.end(html.replaceAll(NONCE_PLACEHOLDER, nonce));
}

function documentPlugin(port: number): Plugin {
  return {
    name: 'gabinet:dev-document',
    resolveId: (id) => (id === CLIENT ? id : null),
    load: (id) => (id === CLIENT ? CLIENT_CODE : null),
    transformIndexHtml: () => [{ tag: 'script', attrs: { type: 'module', src: CLIENT }, injectTo: 'head' }],
    configureServer(vite) {
      vite.middlewares.use((request, response, next) => {
        if (request.url !== '/') return next();
        void respondWithDocument();
        async function respondWithDocument(): Promise<void> {
          try {
            await sendDocument(vite, response, port);
          } catch (error) {
            next(error);
          }
        }
      });
    },
  };
}

/**
 * Requests from this page get the origin that the shell expects. Requests from elsewhere keep
 * theirs, and the shell refuses them.
 */
function shellProxy({ port, shellPort }: DevScreenOptions): ProxyOptions {
  const rename = (request: { setHeader(name: string, value: string): void }, { headers }: IncomingMessage) => {
    if (headers.origin === `http://127.0.0.1:${port}`) request.setHeader('origin', `http://127.0.0.1:${shellPort}`);
  };
  return {
    target: `http://127.0.0.1:${shellPort}`,
    changeOrigin: true,
    configure(proxy) {
      proxy.on('proxyReq', rename);
      proxy.on('proxyReqWs', rename);
    },
  };
}

/** While the shell restarts, its bridge is not reachable; the page retries until it is. */
function quietLogger(): Logger {
  const logger = createLogger('warn');
  return {
    ...logger,
    error: (message, options) => {
      if (!message.includes('ws proxy')) logger.error(message, options);
    },
  };
}

/** Vite's development server for the screen, in front of the browser shell. */
export async function startDevScreen(options: DevScreenOptions): Promise<DevScreen> {
  const { port, projectDir } = options;
  const { renderer } = config;
  const vite = await createServer({
    configFile: false,
    root: renderer.root,
    // In the folder of the builds, because `node_modules` may be shared between checkouts.
    cacheDir: join(projectDir, 'out', 'vite'),
    appType: 'custom',
    customLogger: quietLogger(),
    optimizeDeps: { entries: ['main.tsx'] },
    html: renderer.html,
    plugins: [...renderer.plugins, documentPlugin(port)],
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      fs: { allow: [projectDir] },
      proxy: { [SHELL_PATHS]: shellProxy(options), [BRIDGE_PATH]: { ...shellProxy(options), ws: true } },
    },
  });
  await vite.listen();
  return {
    enter(shellLink) {
      const { pathname, search } = new URL(shellLink);
      vite.hot.send('gabinet:enter', { path: pathname + search });
      return `http://127.0.0.1:${port}${pathname}${search}`;
    },
    reload: () => vite.hot.send({ type: 'full-reload' }),
    close: () => vite.close(),
  };
}
