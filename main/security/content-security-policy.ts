import { randomBytes } from 'node:crypto';

/**
 * Threat: markup from a bundle, a file name or the server reaches the page and runs, loads or sends
 * something. No inline code and no `eval` runs, nothing is fetched from elsewhere, and nothing may
 * frame the page. The page may frame only our preview, the only one of our documents that may be
 * framed. Styles that libraries insert at run time carry a nonce that changes with every document.
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
 * Threat: a malicious bundle (a model, a picture, a sound) exploits the library that decodes it and
 * runs code. That code runs in a document without an origin (`sandbox`) and in a separate process.
 * It cannot read the window, the bridge, cookies, storage or pictures, cannot send anything, and
 * cannot navigate itself or the window. The frame may run our built scripts, WebAssembly for the
 * decoders, and workers and pictures that it creates itself (`blob:`). It gets the bundle's bytes
 * only through a message port.
 */
const PREVIEW_FRAME = {
  sandbox: ['allow-scripts'],
  'default-src': ["'none'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  // Decoders fetch pictures and buffers that they created themselves, by addresses into their own
  // memory.
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
  /**
   * Addresses besides its own origin that the page may connect to, such as the bridge's `ws:`
   * address.
   */
  readonly connect: readonly string[];
}

/** The build puts this into `index.html` in place of the nonce. */
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

/** The value of the same header for the preview frame. */
export function frameContentSecurityPolicy(): string {
  return policyOf(PREVIEW_FRAME);
}

function policyOf(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** Headers of every response of both shells. */
export function protectiveHeaders(options: PolicyOptions): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(options),
    ...OTHER_PROTECTION,
  };
}

/** The same for the preview frame, with its own policy. */
export function frameHeaders(): Record<string, string> {
  return {
    'content-security-policy': frameContentSecurityPolicy(),
    ...OTHER_PROTECTION,
    // A DNS lookup sends data, and no content policy prevents it.
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
