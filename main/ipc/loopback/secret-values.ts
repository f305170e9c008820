import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, safe in URLs and cookies. */
export function createSecretValue(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept instead of the secret: a copy of this process's memory alone does not open the bridge. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares in a time that does not depend on where two values differ: both sides are digests of equal length. */
export function matchesDigest(candidate: string, digest: Buffer): boolean {
  return timingSafeEqual(digestOf(candidate), digest);
}
