import { extname } from 'node:path';

/**
 * Threat: a request path that names a file outside the built renderer (`..`, `%2e%2e%2f`, `C:`,
 * NUL, a backslash). Every segment must match an allow-list that has no separator and no leading
 * dot, so the path can only go down; the file type must be one that the renderer contains.
 */
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$/;
const MAX_SEGMENTS = 8;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

export interface Resource {
  /** Path segments below the renderer's folder. */
  readonly segments: readonly string[];
  readonly contentType: string;
}

/** Turns the path of a URL (still percent-encoded, with its leading slash) into a resource, or null to refuse it. */
export function resourceOf(pathname: string): Resource | null {
  const decoded = decodeOnce(pathname);
  if (decoded === null || !decoded.startsWith('/')) return null;
  const segments = decoded === '/' ? ['index.html'] : decoded.slice(1).split('/');
  if (segments.length > MAX_SEGMENTS || !segments.every((segment) => SEGMENT.test(segment))) return null;
  const contentType = CONTENT_TYPES[extname(segments.at(-1) ?? '').toLowerCase()];
  return contentType === undefined ? null : { segments, contentType };
}

function decodeOnce(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
