import { and, eq, ne, or, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { uploadReceiptSchema } from '../../../shared/api/avatars.ts';
import { SECOND_MS } from '../../../shared/lib/durations.ts';
import type { Caller } from '../../access/caller.ts';
import type { ServiceContext } from '../../context.ts';
import { uploadReceipts } from '../../db/schema/requests.ts';

/** Often enough for a smooth progress bar, rarely enough to cost nothing. */
export const RECEIPT_INTERVAL_MS = 200;
/** How often a receipt is renewed while its file is checked. */
const CHECKING_BEAT_MS = 5 * SECOND_MS;
/**
 * A `checking` receipt that was not renewed for this long belongs to a server that died: nobody
 * checks the file, and the upload can continue.
 */
const CHECKING_ALIVE_SECONDS = 20;

export type UploadReceipt = z.infer<typeof uploadReceiptSchema>;

/**
 * Records the progress of one upload. Receipts are only informative: a failed write is logged and
 * ignored.
 */
export interface ReceiptWriter {
  readonly progress: (receivedBytes: number) => void;
  readonly settle: (state: 'stored' | 'refused') => Promise<void>;
  /**
   * Sets the state `checking` while the work runs, and removes the receipt at once if the work
   * throws.
   */
  readonly whileChecking: <Value>(work: () => Promise<Value>) => Promise<Value>;
  /** Removes the receipt, as if the upload had never begun: it will be continued later. */
  readonly discard: () => Promise<void>;
}

const SILENT: ReceiptWriter = {
  progress: () => {},
  settle: async () => {},
  whileChecking: (work) => work(),
  discard: async () => {},
};

export function receiptWriter(context: ServiceContext, caller: Caller, key: string | null): ReceiptWriter {
  if (key === null) return SILENT;
  const userId = caller.userId;
  let receivedBytes = 0;
  let writtenAtMs = Number.NEGATIVE_INFINITY;
  let queue: Promise<unknown> = Promise.resolve();
  const enqueue = (work: () => Promise<unknown>) => {
    queue = queue
      .then(work)
      .catch((error: unknown) => context.log.warn({ err: error }, 'could not write an upload receipt'));
    return queue.then(() => undefined);
  };
  const write = (state: UploadReceipt['state']) => {
    // The database's clock, because any process may compare the value.
    const values = { receivedBytes, state, updatedAt: sql`now()` };
    return context.db
      .insert(uploadReceipts)
      .values({ userId, key, ...values })
      .onConflictDoUpdate({ target: [uploadReceipts.userId, uploadReceipts.key], set: values });
  };
  const discard = () => enqueue(() => context.db.delete(uploadReceipts).where(ownedBy(userId, key)));
  return {
    progress(bytes) {
      receivedBytes = bytes;
      const nowMs = performance.now();
      if (nowMs - writtenAtMs < RECEIPT_INTERVAL_MS) return;
      writtenAtMs = nowMs;
      void enqueue(() => write('receiving'));
    },
    settle: (state) => enqueue(() => write(state)),
    async whileChecking(work) {
      await enqueue(() => write('checking'));
      const beat = setInterval(() => void enqueue(() => write('checking')), CHECKING_BEAT_MS);
      try {
        return await work();
      } catch (error) {
        clearInterval(beat);
        await discard();
        throw error;
      } finally {
        clearInterval(beat);
      }
    },
    discard,
  };
}

const IS_ALIVE = sql`${uploadReceipts.updatedAt} > now() - make_interval(secs => ${CHECKING_ALIVE_SECONDS})`;

const ownedBy = (userId: number, key: string) => and(eq(uploadReceipts.userId, userId), eq(uploadReceipts.key, key));

/**
 * The receipt of the caller's own upload with this key. Null if there is none, for other users'
 * keys, and if a server died while it checked the file.
 */
export async function findReceipt({ db }: ServiceContext, caller: Caller, key: string): Promise<UploadReceipt | null> {
  const [row] = await db
    .select({ received_bytes: uploadReceipts.receivedBytes, state: uploadReceipts.state })
    .from(uploadReceipts)
    .where(and(ownedBy(caller.userId, key), or(ne(uploadReceipts.state, 'checking'), IS_ALIVE)));
  return row ?? null;
}
