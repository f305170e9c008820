import { randomBytes } from 'node:crypto';
import { sha256Hex } from '../../../node/sha256.ts';

/** 256 bits cannot be guessed, so the fast hash below is enough. */
const TOKEN_BYTES = 32;

/** A new secret for a session, a device or a link. Only its hash is stored. */
export const createToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** What is stored instead of a token: SHA-256, lower-case hex. */
export const hashToken = (token: string): string => sha256Hex(token);
