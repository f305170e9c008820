import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';
import { avatarResponseSchema } from './avatars.ts';
import { defineRoute } from './define-route.ts';
import { projectResponseSchema } from './projects.ts';

export const DEFAULT_CHANGE_ROWS = 200;
export const MAX_CHANGE_ROWS = 1000;

/** The latest state of one entity that changed after `since`; `null` state is a tombstone: it is gone for good. */
export const changeSchema = z.discriminatedUnion('entity', [
  z.object({ entity: z.literal('project'), uuid: uuidSchema, seq: z.int(), project: projectResponseSchema.nullable() }),
  z.object({ entity: z.literal('avatar'), uuid: uuidSchema, seq: z.int(), avatar: avatarResponseSchema.nullable() }),
]);
export type Change = z.infer<typeof changeSchema>;

export const changesResponseSchema = z.object({
  changes: z.array(changeSchema),
  /** Pass as `since` next time. */
  cursor: z.int(),
  has_more: z.boolean(),
});

export const listChanges = defineRoute({
  method: 'GET',
  path: '/api/customer/changes',
  access: 'signed-in',
  tag: 'changes',
  summary: 'What changed in a customer’s projects and avatars after sequence number `since`; admins name the customer',
  query: z.object({
    since: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(MAX_CHANGE_ROWS).default(DEFAULT_CHANGE_ROWS),
    customer_uuid: uuidSchema.optional(),
  }),
  response: changesResponseSchema,
  successStatus: 200,
});
