import { randomBytes } from 'node:crypto';

/**
 * Threat: markup from a bundle, a file name or the server reaches the page and runs, loads or sends something.
 * Nothing inline runs, nothing is evaluated, nothing is fetched from elsewhere, nothing may frame the page.
 * Styles that libraries insert at run time carry a nonce that changes with every document.
 */
const EVERYWHERE = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'worker-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
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
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** Headers of every answer of both shells, whatever it carries. */
export function protectiveHeaders(options: PolicyOptions): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(options),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
  };
}
