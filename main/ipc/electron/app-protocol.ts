import type { Protocol } from 'electron';
import type { Log } from '../../../node/log.ts';
import type { Application } from '../../application.ts';
import { APP_ORIGIN, APP_SCHEME, isAppUrl } from '../../security/app-origin.ts';
import { type ContentAnswer, createShellContent, textAnswer } from '../content/shell-content.ts';

export interface AppProtocolOptions {
  readonly protocol: Pick<Protocol, 'handle'>;
  readonly application: Application;
  readonly rendererDir: string;
  /** The built preview frame. */
  readonly frameDir: string;
  readonly log: Log;
}

/**
 * Serves the renderer and the pictures at `app://gabinet/`, read-only, from one folder and the
 * application.
 */
export function serveAppProtocol(options: AppProtocolOptions): void {
  const content = createShellContent({
    rendererDir: options.rendererDir,
    frameDir: options.frameDir,
    media: (path) => options.application.media(path),
    connect: [],
  });
  options.protocol.handle(APP_SCHEME, async (request) => {
    if (!isAppUrl(request.url)) return toResponse(textAnswer(403, 'This address is not the application’s own.'));
    if (request.method !== 'GET' && request.method !== 'HEAD') return toResponse(textAnswer(405, 'Reading only.'));
    try {
      const url = new URL(request.url);
      if (!isOwnOrigin(request) && !(await content.isFrameFile(url))) {
        options.log.warn('A request was refused', { url: request.url, reason: 'not from our page' });
        return toResponse(textAnswer(403, 'Another page may not use this address.'));
      }
      return toResponse(await content(url));
    } catch (error) {
      options.log.error('A request failed', { url: request.url, reason: String(error) });
      return toResponse(textAnswer(500, 'The application failed to respond. See its log for the reason.'));
    }
  });
}

/**
 * Threat: there is no session here, so the preview frame, which has no origin, could request
 * pictures and bundles. Its fetches carry `Origin: null`; its requests without an Origin header are
 * blocked by its content policy.
 */
function isOwnOrigin(request: Request): boolean {
  const origin = request.headers.get('origin');
  return origin === null || origin === APP_ORIGIN;
}

function toResponse(content: ContentAnswer): Response {
  return new Response(content.body, { status: content.status, headers: content.headers });
}
