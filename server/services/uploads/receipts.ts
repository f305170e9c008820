import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { uploadReceiptSchema } from '../../../shared/api/avatars.ts';
import { uploadReceipts } from '../../db/schema/requests.ts';
import type { Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';

/** Often enough for a smooth bar, rare enough to cost nothing. */
export const RECEIPT_INTERVAL_MS = 200;

export type UploadReceipt = z.infer<typeof uploadReceiptSchema>;

/** Writes down how far one upload has come. Receipts only inform: a failed write is logged and forgotten. */
export interface ReceiptWriter {
  readonly progress: (receivedBytes: number) => void;
  readonly settle: (state: UploadReceipt['state']) => Promise<void>;
  /** The connection was cut: as if it had never begun. */
  readonly discard: () => Promise<void>;
}

const SILENT: ReceiptWriter = { progress: () => {}, settle: async () => {}, discard: async () => {} };

export function receiptWriter(context: ServiceContext, caller: Caller, key: string | null): ReceiptWriter {
  if (key === null) return SILENT;
  const userId = caller.userId;
  let receivedBytes = 0;
  let writtenAt = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const enqueue = (work: () => Promise<unknown>) => {
    queue = queue.then(work).catch((error: unknown) => context.log.warn({ err: error }, 'an upload receipt was lost'));
    return queue.then(() => undefined);
  };
  const write = (state: UploadReceipt['state']) => {
    const values = { receivedBytes, state, updatedAt: new Date() };
    return context.db
      .insert(uploadReceipts)
      .values({ userId, key, ...values })
      .onConflictDoUpdate({ target: [uploadReceipts.userId, uploadReceipts.key], set: values });
  };
  return {
    progress(bytes) {
      receivedBytes = bytes;
      const now = Date.now();
      if (now - writtenAt < RECEIPT_INTERVAL_MS) return;
      writtenAt = now;
      void enqueue(() => write('receiving'));
    },
    settle: (state) => enqueue(() => write(state)),
    discard: () => enqueue(() => context.db.delete(uploadReceipts).where(ownedBy(userId, key))),
  };
}

const ownedBy = (userId: number, key: string) => and(eq(uploadReceipts.userId, userId), eq(uploadReceipts.key, key));

/** What is written down of the caller's own upload with this key; null where nothing is, also for other people's keys. */
export async function findReceipt({ db }: ServiceContext, caller: Caller, key: string): Promise<UploadReceipt | null> {
  const [row] = await db
    .select({ received_bytes: uploadReceipts.receivedBytes, state: uploadReceipts.state })
    .from(uploadReceipts)
    .where(ownedBy(caller.userId, key));
  return row ?? null;
}
