import { z } from 'zod';

/**
 * The channel on which commits notify all server processes of this database that a feed has
 * advanced, or that access has changed.
 */
export const FEED_CHANNEL = 'gabinet_feed';

/**
 * A notice that somebody's access has changed: a session was ended, or a user's permissions are
 * others. Triggers of the database send it with the commit that changed it.
 */
export const ACCESS_NOTICE = 'access';

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
