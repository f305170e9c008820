import { z } from 'zod';
import { avatarNameSchema, descriptionSchema, tagsSchema } from '../domain/avatar-fields.ts';
import { avatarUuidSchema, uuidSchema, versionUuidSchema } from '../domain/ids.ts';
import { commandOutcome, failureSchema, outcomeOf } from './failure.ts';

/**
 * What a user can do to avatars that the server has. Each operation stays in the outbox until the
 * server acknowledges it.
 */
export const operationKinds = ['activate', 'edit', 'trash', 'restore'] as const;
export type OperationKind = (typeof operationKinds)[number];

/**
 * `waiting` and `sending` operations are pending: the screen shows their effect at once, on top of
 * the server's state. `refused` and `conflict` are parked: the screen shows the server's state, and
 * the operation is kept until the user retries, resolves or drops it.
 */
export const operationStates = ['waiting', 'sending', 'refused', 'conflict'] as const;
export type OperationState = (typeof operationStates)[number];

/** A version on one side of a conflict. Null in its place means that no version is active. */
export const operationVersionSchema = z.object({
  versionUuid: versionUuidSchema,
  name: z.string(),
  version: z.int(),
  thumbnailUrl: z.string().nullable(),
});
export type OperationVersion = z.infer<typeof operationVersionSchema>;

/** The fields that an edit sets; absent ones stay unchanged. */
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
  /** The avatar concerned; null when the operation deactivates a version. */
  avatarUuid: avatarUuidSchema.nullable(),
  /**
   * The version concerned, as stored on this machine. Null when the operation deactivates a
   * version, or when the version no longer exists.
   */
  subject: operationVersionSchema.nullable(),
  /** `edit`: the new values. */
  fields: editedFieldsSchema.nullable(),
  /** `refused`: the reason. */
  failure: failureSchema.nullable(),
  /** `conflict`: what somebody else changed in the meantime. */
  theirs: z
    .object({
      /** `activate`: the version that is active now. */
      active: operationVersionSchema.nullable(),
      /** `edit`: the current values of the edited fields. */
      fields: editedFieldsSchema.nullable(),
      by: z.string().nullable(),
      at: z.string().nullable(),
    })
    .nullable(),
  createdAt: z.string(),
});
export type OperationView = z.infer<typeof operationViewSchema>;

const ids = z.object({ ids: z.array(uuidSchema).min(1).max(10_000) });

export const operationChannels = {
  /** Everything in the outbox, oldest first. */
  'operations.list': { input: z.undefined(), output: outcomeOf(z.array(operationViewSchema)) },
  /** Sends refused operations again. */
  'operations.retry': { input: ids, output: commandOutcome },
  /** Removes parked operations; the server's state stays as it is. */
  'operations.drop': { input: ids, output: commandOutcome },
  /**
   * Resolves conflicts: `theirs` removes the operation, `mine` applies it to the server's current
   * state.
   */
  'operations.resolve': { input: ids.extend({ choice: z.enum(['theirs', 'mine']) }), output: commandOutcome },
} as const;

export const operationEvents = {
  /** The whole outbox after a change, oldest first. At most a few times a second. */
  'operations.changed': z.array(operationViewSchema),
} as const;
