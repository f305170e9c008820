import { and, eq, isNull, sql } from 'drizzle-orm';
import { Secret } from 'otpauth';
import { sha256Hex } from '../../../../node/sha256.ts';
import type { Transaction } from '../../../db/database.ts';
import { recoveryCodes } from '../../../db/schema/sign-in.ts';

const CODES = 10;
/** 80 bits cannot be guessed, so a fast hash is enough; in base32 they are 16 characters. */
const CODE_BYTES = 10;
const GROUP = /.{4}(?=.)/g;

/** A new recovery code in groups: `ABCD-EFGH-JKLM-NPQR`. */
const createCode = (): string => new Secret({ size: CODE_BYTES }).base32.replace(GROUP, '$&-');

/** Base32 has no 0 and 1, so that a code that was written down is read as it was meant. */
const hashCode = (plain: string): string => sha256Hex(plain.toUpperCase().replaceAll('0', 'O').replaceAll('1', 'I'));

/** Replaces the recovery codes of a user. They are returned only here; the server keeps hashes. */
export async function replaceRecoveryCodes(tx: Transaction, userId: number): Promise<readonly string[]> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  const codes = Array.from({ length: CODES }, createCode);
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ userId, codeHash: hashCode(code.replaceAll('-', '')) })));
  return codes;
}

/** Uses a recovery code, without hyphens. Returns false if the user has no such code left. */
export async function takeRecoveryCode(tx: Transaction, userId: number, plain: string): Promise<boolean> {
  const isThisCode = and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, hashCode(plain)));
  const taken = await tx
    .update(recoveryCodes)
    .set({ usedAt: sql`now()` })
    .where(and(isThisCode, isNull(recoveryCodes.usedAt)))
    .returning({ usedAt: recoveryCodes.usedAt });
  return taken.length > 0;
}
