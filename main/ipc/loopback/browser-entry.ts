import { createSecretValue, digestOf, matchesDigest } from './secret-values.ts';

/** Browsers that may be signed on to one shell at once; the oldest one is shown out. */
const MAX_SESSIONS = 16;

/**
 * Threat: any program of this machine, and through a browser any web page, can reach a loopback port.
 * Only who was handed the printed link gets in, and a link that leaked after its use is worth nothing.
 */
export interface BrowserEntry {
  /** A new one-time token; the one before it, if unused, ends. */
  issueToken(): string;
  /** Exchanges the token for a session secret, once; null for a used or foreign one. */
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
      // Every digest is compared, whichever matches: the time says nothing about the list.
      return sessions.filter((digest) => matchesDigest(session, digest)).length > 0;
    },
  };
}
