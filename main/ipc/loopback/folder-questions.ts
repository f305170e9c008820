import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../../node/log.ts';
import { MINUTE_MS } from '../../../shared/lib/durations.ts';
import type { FolderQuestion } from '../../application.ts';
import { answeredPage, goneQuestionPage, QUESTION_STYLE, questionPage } from './folder-question-page.ts';
import { createSecretValue, digestOf, matchesDigest } from './secret-values.ts';

/** Long enough to find the page that opened. */
const ANSWER_LIMIT_MS = 5 * MINUTE_MS;
/** A form of two short fields. */
const MAX_FORM_BYTES = 1024;

export interface FolderQuestions {
  ask(folder: string): Promise<FolderQuestion>;
  /** Declines the open question. */
  close(): Promise<void>;
}

interface OpenQuestion {
  readonly folder: string;
  readonly token: string;
  answer(isConfirmed: boolean): void;
}

/**
 * Threat: script in the window's page names a folder and confirms it itself. The question is asked
 * on another port, thus by another origin: the page may open it, but can neither read the token in
 * its form, nor send the form, nor frame it. Only a person can answer. One question is open at a
 * time: a new one declines the one before.
 */
export function createFolderQuestions(log: Log): FolderQuestions {
  let open: OpenQuestion | null = null;
  let listening: Promise<Server> | null = null;
  const server = () => {
    listening ??= listen((request, response) => {
      respond(open, request, response).catch((error: unknown) => {
        log.error('A question could not be shown', { reason: String(error) });
        response.destroy();
      });
    });
    return listening;
  };
  return {
    async ask(folder) {
      const { port } = (await server()).address() as AddressInfo;
      open?.answer(false);
      const { promise: isConfirmed, resolve } = Promise.withResolvers<boolean>();
      const limit = setTimeout(() => question.answer(false), ANSWER_LIMIT_MS);
      const question: OpenQuestion = {
        folder,
        token: createSecretValue(),
        answer(isYes) {
          clearTimeout(limit);
          if (open === question) open = null;
          resolve(isYes);
        },
      };
      open = question;
      return { url: `http://127.0.0.1:${port}/`, isConfirmed };
    },
    async close() {
      open?.answer(false);
      const running = await listening;
      running?.closeAllConnections();
      await new Promise<void>((resolve) => (running ? running.close(() => resolve()) : resolve()));
    },
  };
}

function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

async function respond(open: OpenQuestion | null, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const own = `127.0.0.1:${request.socket.localPort}`;
  if (request.headers.host !== own || request.url !== '/') return send(response, 404, goneQuestionPage());
  if (open === null) return send(response, 410, goneQuestionPage());
  if (request.method === 'GET') return send(response, 200, questionPage(open));
  if (request.method !== 'POST' || request.headers.origin !== `http://${own}`) {
    return send(response, 403, goneQuestionPage());
  }
  const form = new URLSearchParams(await formText(request));
  if (!matchesDigest(form.get('token') ?? '', digestOf(open.token))) return send(response, 403, goneQuestionPage());
  const isConfirmed = form.get('answer') === 'yes';
  open.answer(isConfirmed);
  send(response, 200, answeredPage(isConfirmed));
}

async function formText(request: IncomingMessage): Promise<string> {
  const blocks: Buffer[] = [];
  let bytes = 0;
  for await (const block of request as AsyncIterable<Buffer>) {
    bytes += block.byteLength;
    if (bytes > MAX_FORM_BYTES) return '';
    blocks.push(block);
  }
  return Buffer.concat(blocks).toString('utf8');
}

const STYLE_HASH = createHash('sha256').update(QUESTION_STYLE).digest('base64');

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    // The form needs its Origin header; nothing else leaves the page.
    'referrer-policy': 'same-origin',
  });
  response.end(html);
}
