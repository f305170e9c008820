import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { ServiceFailure } from '../../failures/service-failure.ts';

/**
 * Argon2id, the library's default, with the parameters that OWASP recommends: 19 MiB, 2 passes, 1
 * lane.
 */
const ARGON2_OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Says nothing about the account: the response is the same for everybody. */
export const PASSWORDS_OFF: ServiceFailure = {
  code: 'passwords_off',
  detail: 'This server does not accept passwords. Sign in with the identity provider.',
};

let decoy: Promise<string> | null = null;

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2_OPTIONS);

/**
 * Whether the password matches the hash. `null` (no such user) takes as long as a wrong password,
 * so that the response time does not reveal which addresses have an account.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  const matches = await verify(passwordHash ?? (await decoy), password);
  return matches && passwordHash !== null;
}
