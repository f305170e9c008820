import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { devices } from '../../db/schema/sign-in.ts';
import { createToken, hashToken } from './tokens.ts';

/** The device that somebody signs in from, as the device describes itself. */
export interface Device {
  readonly name: string;
  /** What the server gave it at an earlier sign-in; null at the first. */
  readonly token: string | null;
}

export interface RecognizedDevice {
  readonly id: number;
  readonly token: string;
}

/**
 * Finds the user's device by its token, or adds it. A token of another user is not recognized: the
 * device then gets a second one.
 */
export async function recognizeDevice(tx: Transaction, userId: number, device: Device): Promise<RecognizedDevice> {
  const { name, token } = device;
  const earlier = token === null ? null : await touchDevice(tx, userId, { name, token });
  return earlier ?? addDevice(tx, userId, name);
}

async function touchDevice(
  tx: Transaction,
  userId: number,
  { name, token }: { readonly name: string; readonly token: string },
): Promise<RecognizedDevice | null> {
  const [row] = await tx
    .update(devices)
    .set({ name, lastUsedAt: sql`now()` })
    .where(and(eq(devices.userId, userId), eq(devices.tokenHash, hashToken(token))))
    .returning({ id: devices.id });
  return row ? { id: row.id, token } : null;
}

async function addDevice(tx: Transaction, userId: number, name: string): Promise<RecognizedDevice> {
  const token = createToken();
  const [row] = await tx
    .insert(devices)
    .values({ userId, name, tokenHash: hashToken(token) })
    .returning({ id: devices.id });
  if (!row) throw new Error('The new device was not returned');
  return { id: row.id, token };
}
