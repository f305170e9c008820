import { z } from 'zod';
import { avatarNameSchema, descriptionSchema, tagsSchema } from '../domain/avatar-fields.ts';
import { avatarUuidSchema, uuidSchema, versionUuidSchema } from '../domain/ids.ts';
import { failureSchema, outcomeOf } from './failure.ts';

/** What a person can do to avatars that the server has; each is kept in the outbox until the server acknowledged it. */
export const operationKinds = ['activate', 'edit', 'trash', 'restore'] as const;
export type OperationKind = (typeof operationKinds)[number];

/**
 * `waiting` and `sending` lie over what the server said: the screen shows them at once. `refused` and `conflict` are parked: the
 * server's state is shown, the intent is kept until a person retries, resolves or drops it.
 */
export const operationStates = ['waiting', 'sending', 'refused', 'conflict'] as const;
export type OperationState = (typeof operationStates)[number];

/** A version as a side of a question; null in its place: none. */
export const operationVersionSchema = z.object({
  versionUuid: versionUuidSchema,
  name: z.string(),
  version: z.int(),
  thumbnailUrl: z.string().nullable(),
});
export type OperationVersion = z.infer<typeof operationVersionSchema>;

/** The fields that an edit sets; absent ones are not touched. */
export const editedFieldsSchema = z.object({
  name: avatarNameSchema.optional(),
  tags: tagsSchema.optional(),
  description: descriptionSchema.optional(),
});
export type EditedFields = z.infer<typeof editedFieldsSchema>;

export const operationViewSchema = z.object({
  id: uuidSchema,
  kind: z.enum(operationKinds),
  state: z.enum(operationStates),
  projectUuid: uuidSchema,
  projectName: z.string(),
  /** The avatar that it is about; null: an activation of none. */
  avatarUuid: avatarUuidSchema.nullable(),
  /** The version that it is about, as this machine knows it; null: an activation of none, or a version that is gone. */
  subject: operationVersionSchema.nullable(),
  /** `edit`: what was meant. */
  fields: editedFieldsSchema.nullable(),
  /** `refused`: why. */
  failure: failureSchema.nullable(),
  /** `conflict`: what happened meanwhile, and by whom. */
  theirs: z
    .object({
      /** `activate`: what is live now. */
      active: operationVersionSchema.nullable(),
      /** `edit`: what the fields that were meant hold now. */
      fields: editedFieldsSchema.nullable(),
      by: z.string().nullable(),
      at: z.string().nullable(),
    })
    .nullable(),
  createdAt: z.string(),
});
export type OperationView = z.infer<typeof operationViewSchema>;

/** Not kept on a full disk: nothing changes then. */
const kept = outcomeOf(z.null());
const ids = z.object({ ids: z.array(uuidSchema).min(1).max(10_000) });

export const operationChannels = {
  /** Everything in the outbox, oldest first. */
  'operations.list': { input: z.undefined(), output: z.array(operationViewSchema) },
  /** Sends refused ones once more. */
  'operations.retry': { input: ids, output: kept },
  /** Forgets the intent of parked ones: the server's state stays. */
  'operations.drop': { input: ids, output: kept },
  /** Answers conflicts: `theirs` forgets the intent, `mine` applies it to what the server has now. */
  'operations.resolve': { input: ids.extend({ choice: z.enum(['theirs', 'mine']) }), output: kept },
} as const;

export const operationEvents = {
  /** The whole outbox after a change, oldest first. At most a few times a second. */
  'operations.changed': z.array(operationViewSchema),
} as const;
