import { z } from 'zod';

/** Where commits tell all server processes on this database that a feed moved. */
export const FEED_CHANNEL = 'gabinet_feed';

/** How far a customer's feed has come. */
export const feedNumberSchema = z.object({ id: z.int(), uuid: z.string(), seq: z.int() });
export type FeedNumber = z.infer<typeof feedNumberSchema>;

/** Null where the notice is none of ours: anybody who may use the database may notify on any channel. */
export function readNotice(payload: string): FeedNumber | null {
  try {
    return feedNumberSchema.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
