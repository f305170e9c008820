import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../../../node/log.ts';
import { BRIDGE_SOCKET_PATH, STAGE_PATH } from '../../../shared/contract/loopback-protocol.ts';
import type { Application } from '../../application.ts';
import { createNonce, protectiveHeaders } from '../../security/content-security-policy.ts';
import { type ContentAnswer, type ShellContent, textAnswer } from '../content/shell-content.ts';
import type { BrowserEntry } from './browser-entry.ts';
import { redirectHome, refreshHomePage, startAgainPage } from './entry-pages.ts';
import { type RequestKind, refusalOf } from './request-guard.ts';
import { sessionCookie, sessionsIn } from './session-cookie.ts';
import { answerStage } from './stage-request.ts';

export interface HandlerParts {
  readonly application: Application;
  readonly content: ShellContent;
  readonly entry: BrowserEntry;
  readonly log: Log;
  /** Available once the server listens. */
  readonly port: () => number;
}

/**
 * Handles every plain HTTP request: checks the guard, then the session, then serves the resource.
 */
export async function handleRequest(
  parts: HandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    send(response, await answerOf(parts, request), request.method === 'HEAD');
  } catch (error) {
    parts.log.error('A request failed', { path: pathOf(request), reason: String(error) });
    // A client that disconnected cannot receive a response.
    if (request.destroyed && !request.complete) response.destroy();
    else send(response, textAnswer(500, 'The application failed to respond. See its log for the reason.'), false);
  }
}

/** Returns why this upgrade may not become a bridge, or null if it may. */
export function upgradeRefusal(parts: HandlerParts, request: IncomingMessage): string | null {
  if (pathOf(request) !== BRIDGE_SOCKET_PATH) return 'There is no socket here.';
  const refusal = refusalOf('write', request.headers, hostOf(parts));
  if (refusal !== null) return refusal;
  return hasSession(parts, request) ? null : 'This connection has no session.';
}

async function answerOf(parts: HandlerParts, request: IncomingMessage): Promise<ContentAnswer> {
  const url = urlOf(parts, request);
  if (url === null) return textAnswer(400, 'This is not an address.');
  const kind = await kindOf(parts, request, url);
  if (kind === null) return textAnswer(405, 'This method is not used here.');
  const refusal = refusalOf(kind, request.headers, hostOf(parts));
  if (refusal !== null) {
    parts.log.warn('A request was refused', { path: url.pathname, reason: refusal });
    return textAnswer(403, refusal);
  }
  const token = url.pathname === '/' ? url.searchParams.get('token') : null;
  if (token !== null) return enter(parts, request, token);
  if (kind === 'frame-code') return parts.content(url);
  if (!hasSession(parts, request)) return kind === 'document' ? startAgainPage() : textAnswer(401, 'No session.');
  if (kind !== 'write') return parts.content(url);
  return url.pathname === STAGE_PATH ? answerStage(request, url, parts.application) : textAnswer(404, 'Not found.');
}

function enter(parts: HandlerParts, request: IncomingMessage, token: string): ContentAnswer {
  const session = parts.entry.redeem(token);
  if (session === null) return hasSession(parts, request) ? redirectHomeAgain() : startAgainPage();
  const cookie = sessionCookie(parts.port(), session);
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'none' || site === 'same-origin'
    ? redirectHome(cookie)
    : refreshHomePage(cookie);
}

/** For the printed link, reloaded in a browser that is signed on already. */
function redirectHomeAgain(): ContentAnswer {
  return { status: 303, headers: { location: '/', 'cache-control': 'no-store' }, body: new Uint8Array() };
}

async function kindOf(parts: HandlerParts, request: IncomingMessage, url: URL): Promise<RequestKind | null> {
  if (request.method === 'PUT') return 'write';
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  if (url.pathname === '/') return 'document';
  return (await parts.content.isFrameFile(url)) ? 'frame-code' : 'read';
}

function hasSession(parts: HandlerParts, request: IncomingMessage): boolean {
  return sessionsIn(request.headers.cookie, parts.port()).some((session) => parts.entry.isSignedOn(session));
}

function hostOf(parts: HandlerParts): string {
  return `127.0.0.1:${parts.port()}`;
}

function urlOf(parts: HandlerParts, request: IncomingMessage): URL | null {
  const target = request.url ?? '';
  // Only the origin form is accepted: an absolute address in the request line would name another
  // host.
  return target.startsWith('/') && !target.startsWith('//') ? URL.parse(target, `http://${hostOf(parts)}`) : null;
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}

function send(response: ServerResponse, content: ContentAnswer, isHead: boolean): void {
  const length = content.status === 204 ? {} : { 'content-length': String(content.body.byteLength) };
  const protection = protectiveHeaders({ styleNonce: createNonce(), connect: [] });
  response.writeHead(content.status, { ...protection, ...content.headers, ...length });
  response.end(isHead ? undefined : content.body);
}
