import type { Protocol } from 'electron';
import type { Application, Log } from '../../application.ts';
import { APP_SCHEME, isAppUrl } from '../../security/app-origin.ts';
import { type ContentAnswer, createShellContent, textAnswer } from '../content/shell-content.ts';

export interface AppProtocolOptions {
  readonly protocol: Pick<Protocol, 'handle'>;
  readonly application: Application;
  readonly rendererDir: string;
  readonly log: Log;
}

/** Serves the renderer and the pictures at `app://gabinet/`: reading only, from one folder and the application. */
export function serveAppProtocol(options: AppProtocolOptions): void {
  const content = createShellContent({
    rendererDir: options.rendererDir,
    media: (path) => options.application.media(path),
    connect: [],
  });
  options.protocol.handle(APP_SCHEME, async (request) => {
    if (!isAppUrl(request.url)) return toResponse(textAnswer(403, 'This address is not the application’s own.'));
    if (request.method !== 'GET' && request.method !== 'HEAD') return toResponse(textAnswer(405, 'Reading only.'));
    try {
      return toResponse(await content(new URL(request.url)));
    } catch (error) {
      options.log.error('request failed', { url: request.url, reason: String(error) });
      return toResponse(textAnswer(500, 'The application could not answer; its log says why.'));
    }
  });
}

function toResponse(answer: ContentAnswer): Response {
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}
