import { randomBytes } from 'node:crypto';

/**
 * Threat: markup from a bundle, a file name or the server reaches the page and runs, loads or sends something.
 * Nothing inline runs, nothing is evaluated, nothing is fetched from elsewhere, nothing may frame the page; it frames
 * nothing but our own preview (the only document of ours that may be framed).
 * Styles that libraries insert at run time carry a nonce that changes with every document.
 */
const EVERYWHERE = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'worker-src': ["'self'"],
  'frame-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/**
 * Threat: a bundle made by a stranger (a model, a picture, a sound) breaks the library that decodes it and runs code. What it
 * runs in is a document of no origin (`sandbox`): it cannot read the window, the bridge, cookies, storage or pictures, cannot
 * send anything anywhere, cannot take itself or the window to another place, and is a process of its own.
 * It runs our built scripts, WebAssembly for the decoders, and workers and pictures that it makes itself (`blob:`); bytes of
 * the bundle come through a message port and from nowhere else.
 */
const PREVIEW_FRAME = {
  sandbox: ['allow-scripts'],
  'default-src': ["'none'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  // Decoders read pictures and buffers that they made themselves through addresses of their own memory.
  'connect-src': ['blob:', 'data:'],
  'img-src': ['blob:', 'data:'],
  'worker-src': ['blob:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'self'"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export interface PolicyOptions {
  /** Allows one document's inserted styles; from `createNonce`. */
  readonly styleNonce: string;
  /** What the page may connect to besides its own origin, such as the bridge's `ws:` address. */
  readonly connect: readonly string[];
}

/** What the build leaves in `index.html` where the nonce belongs. */
export const NONCE_PLACEHOLDER = '__GABINET_STYLE_NONCE__';

/** 128 random bits in base64url, for one document. */
export function createNonce(): string {
  return randomBytes(16).toString('base64url');
}

/** The value of the Content-Security-Policy header, the same for both shells (CSP level 3). */
export function contentSecurityPolicy(options: PolicyOptions): string {
  const directives = {
    ...EVERYWHERE,
    'style-src': ["'self'", `'nonce-${options.styleNonce}'`],
    'connect-src': ["'self'", ...options.connect],
  };
  return policyOf(directives);
}

/** The value of the same header for the page of the preview's frame. */
export function frameContentSecurityPolicy(): string {
  return policyOf(PREVIEW_FRAME);
}

function policyOf(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** Headers of every answer of both shells, whatever it carries. */
export function protectiveHeaders(options: PolicyOptions): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(options),
    ...OTHER_PROTECTION,
  };
}

/** The same for the page of the preview's frame, with its own policy. */
export function frameHeaders(): Record<string, string> {
  return {
    'content-security-policy': frameContentSecurityPolicy(),
    ...OTHER_PROTECTION,
    // Looking a name up is sending something, and no policy stops it.
    'x-dns-prefetch-control': 'off',
  };
}

const OTHER_PROTECTION: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
};
