import { createSecretValue, digestOf, matchesDigest } from './secret-values.ts';

/**
 * Browsers that may be signed on to one shell at once; beyond that the oldest one is signed off.
 */
const MAX_SESSIONS = 16;

/**
 * Threat: any program on this machine, and through a browser any web page, can reach a loopback
 * port. Only a browser that opens the printed link gets in, and the link works once, so it is
 * worthless if it leaks later.
 */
export interface BrowserEntry {
  /** Returns a new one-time token. The previous one expires, used or not. */
  issueToken(): string;
  /** Exchanges the token for a session secret, once. Returns null for a used or invalid token. */
  redeem(token: string): string | null;
  isSignedOn(session: string): boolean;
}

export function createBrowserEntry(): BrowserEntry {
  let waiting: Buffer | null = null;
  const sessions: Buffer[] = [];
  return {
    issueToken() {
      const token = createSecretValue();
      waiting = digestOf(token);
      return token;
    },
    redeem(token) {
      if (waiting === null || !matchesDigest(token, waiting)) return null;
      waiting = null;
      const session = createSecretValue();
      sessions.push(digestOf(session));
      if (sessions.length > MAX_SESSIONS) sessions.shift();
      return session;
    },
    isSignedOn(session) {
      // Comparing every digest keeps the time independent of which one matches.
      return sessions.filter((digest) => matchesDigest(session, digest)).length > 0;
    },
  };
}
