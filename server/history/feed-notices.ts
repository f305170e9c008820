import { z } from 'zod';

/**
 * The channel on which commits notify all server processes of this database that a feed has
 * advanced.
 */
export const FEED_CHANNEL = 'gabinet_feed';

/** The last number of a customer's feed. */
export const feedNumberSchema = z.object({ id: z.int(), uuid: z.string(), seq: z.int() });
export type FeedNumber = z.infer<typeof feedNumberSchema>;

/** Null if the notice is not ours: any client of the database may notify on any channel. */
export function readNotice(payload: string): FeedNumber | null {
  try {
    return feedNumberSchema.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
