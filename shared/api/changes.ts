import { z } from 'zod';
import { uuidSchema, versionUuidSchema } from '../domain/ids.ts';
import { SECOND_MS } from '../lib/durations.ts';
import { avatarResponseSchema } from './avatars.ts';
import { defineRoute } from './define-route.ts';
import { projectResponseSchema } from './projects.ts';

export const DEFAULT_CHANGE_ROWS = 200;
export const MAX_CHANGE_ROWS = 1000;

/**
 * The latest state of one entity that changed after `since`. A state of `null` is a tombstone: the
 * entity was deleted for good.
 */
export const changeSchema = z.discriminatedUnion('entity', [
  z.object({ entity: z.literal('project'), uuid: uuidSchema, seq: z.int(), project: projectResponseSchema.nullable() }),
  z.object({
    entity: z.literal('avatar'),
    uuid: versionUuidSchema,
    seq: z.int(),
    avatar: avatarResponseSchema.nullable(),
  }),
]);
export type Change = z.infer<typeof changeSchema>;

const feedIdSchema = z.string().regex(/^[0-9a-f]{0,32}$/, 'must be at most 32 lower-case hex digits');

export const changesResponseSchema = z.object({
  changes: z.array(changeSchema),
  /** Pass it as `since` next time. */
  cursor: z.int(),
  has_more: z.boolean(),
  /**
   * Deletions up to this number may no longer be reported. Pass it as `floor` next time; see
   * `listChanges`.
   */
  floor: z.int().default(0),
  /**
   * The history that the numbers belong to; it changes when the server is restored from a backup.
   * Pass it next time. Empty if the server doesn't report it.
   */
  feed_id: feedIdSchema.default(''),
});

/**
 * A client that reads from the beginning (`since=0`) never knew what was deleted long ago, so it
 * may get past the feed's floor page by page by passing the `floor` of the last response. Any other
 * cursor below the floor may have missed deletions, and a cursor of another history (`feed_id`)
 * says nothing about this one. Both fail with `cursor_expired`.
 */
export const listChanges = defineRoute({
  method: 'GET',
  path: '/api/customer/changes',
  access: 'customer:read',
  tag: 'changes',
  summary: 'Changes to a customer’s projects and avatars after sequence number `since`. Admins name the customer',
  query: z.object({
    since: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(MAX_CHANGE_ROWS).default(DEFAULT_CHANGE_ROWS),
    floor: z.coerce.number().int().min(0).default(0),
    feed_id: feedIdSchema.default(''),
    customer_uuid: uuidSchema.optional(),
  }),
  response: changesResponseSchema,
  successStatus: 200,
});

/** The name of the events of `changeEvents`. */
export const CHANGE_EVENT = 'change';

/**
 * A comment line is sent at least this often. A client that receives nothing for twice as long is
 * no longer connected.
 */
export const EVENTS_HEARTBEAT_MS = 20 * SECOND_MS;

/**
 * The last number of a customer's feed, sent once at the beginning and after every commit that
 * changed it.
 */
export const changeEventSchema = z.object({ customer_uuid: uuidSchema, seq: z.int() });
export type ChangeEvent = z.infer<typeof changeEventSchema>;

export const changeEvents = defineRoute({
  method: 'GET',
  path: '/api/customer/changes/events',
  access: 'signed-in',
  tag: 'changes',
  summary:
    'Server-sent events `change`: how far the customer’s feed (for admins: each customer’s) has come, now and from now on',
  response: 'binary',
  event: changeEventSchema,
  successStatus: 200,
});
