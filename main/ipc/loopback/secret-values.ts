import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, safe in URLs and cookies. */
export function createSecretValue(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Stored instead of the secret, so that a copy of this process's memory alone does not open the
 * bridge.
 */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares digests of equal length in constant time. */
export function matchesDigest(candidate: string, digest: Buffer): boolean {
  return timingSafeEqual(digestOf(candidate), digest);
}
