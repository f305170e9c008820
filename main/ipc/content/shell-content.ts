import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ifCode } from '../../../node/error-code.ts';
import { MEDIA_PREFIX } from '../../../shared/contract/loopback-protocol.ts';
import type { Application } from '../../application.ts';
import {
  createNonce,
  frameHeaders,
  NONCE_PLACEHOLDER,
  protectiveHeaders,
} from '../../security/content-security-policy.ts';
import { type Resource, resourceOf } from '../../security/resource-path.ts';
import { isFrameFile, PREVIEW_PAGE } from './frame-files.ts';

/**
 * A response to a page's GET, in a form that suits both `node:http` and Electron's protocol
 * handler.
 */
export interface ContentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface ShellContentOptions {
  readonly rendererDir: string;
  /** The built preview frame. */
  readonly frameDir: string;
  readonly media: Application['media'];
  /** Extra sources for the policy's connect-src. */
  readonly connect: readonly string[];
}

export interface ShellContent {
  (url: URL): Promise<ContentAnswer>;
  /**
   * Returns a built script or style of the preview frame: public code, which a document without an
   * origin may load.
   */
  isFrameFile(url: URL): Promise<boolean>;
}

/** The preview frame has no origin, so even its own scripts are cross-origin. */
const FOR_THE_FRAME = { 'access-control-allow-origin': '*' };
// Names of built files contain a hash of their content. A picture states whether its address does.
const FOREVER = 'private, max-age=31536000, immutable';

/**
 * Serves everything that a page may read: the built renderer, and the application's pictures and
 * bundles.
 */
export function createShellContent(options: ShellContentOptions): ShellContent {
  const isFrame = (url: URL) => isFrameFile(options.frameDir, url.pathname);
  const answerTo = async (url: URL) => {
    const nonce = createNonce();
    const protection =
      url.pathname === PREVIEW_PAGE
        ? frameHeaders()
        : protectiveHeaders({ styleNonce: nonce, connect: options.connect });
    const isShared = await isFrame(url);
    const folder = isShared || url.pathname === PREVIEW_PAGE ? options.frameDir : options.rendererDir;
    const found = url.pathname.startsWith(MEDIA_PREFIX)
      ? await mediaAnswer(options, url)
      : await resourceAnswer(folder, resourceOf(url.pathname), nonce);
    const content = found ?? textAnswer(404, 'Not found.');
    const sharing = isShared ? FOR_THE_FRAME : {};
    return { ...content, headers: { ...protection, ...sharing, ...content.headers } };
  };
  return Object.assign(answerTo, { isFrameFile: isFrame });
}

export function textAnswer(status: number, text: string): ContentAnswer {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, body: new TextEncoder().encode(text) };
}

async function mediaAnswer(options: ShellContentOptions, url: URL): Promise<ContentAnswer | null> {
  const found = await options.media(`${url.pathname.slice(1)}${url.search}`);
  if (found === null) return null;
  const headers = {
    'content-type': found.contentType,
    'cache-control': found.immutable ? FOREVER : 'no-store',
  };
  return { status: 200, headers, body: ownBytes(found.bytes) };
}

/**
 * Returns the bytes without copying them if their memory is not shared: bundles have up to 50 MB.
 */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}

async function resourceAnswer(folder: string, resource: Resource | null, nonce: string): Promise<ContentAnswer | null> {
  if (resource === null) return null;
  const bytes = await readFile(join(folder, ...resource.segments)).catch(ifCode(['ENOENT', 'ENOTDIR', 'EISDIR'], null));
  if (bytes === null) return null;
  const isDocument = resource.contentType.startsWith('text/html');
  const headers = {
    'content-type': resource.contentType,
    'cache-control': !isDocument && resource.segments[0] === 'assets' ? FOREVER : 'no-store',
  };
  return { status: 200, headers, body: isDocument ? withNonce(bytes, nonce) : bytes };
}

function withNonce(bytes: Uint8Array, nonce: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll(NONCE_PLACEHOLDER, nonce));
}
