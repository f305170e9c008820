import { z } from 'zod';
import { activationHows, chosenHows } from '../domain/activations.ts';
import { avatarNameSchema, descriptionSchema, tagsSchema } from '../domain/avatar-fields.ts';
import { avatarUuidSchema, uuidSchema, versionUuidSchema } from '../domain/ids.ts';
import { gabContainers, gabFindingSchema, gabVerdicts } from '../gab/report.ts';
import { commandOutcome, outcomeOf } from './failure.ts';
import { operationKinds } from './operations.ts';
import { projectPinSchema } from './pins.ts';
import { drawingFailureSchema } from './preview-frame.ts';

/** A version in the activation history, with the name and number that it had then. */
export const activatedVersionViewSchema = z.object({
  versionUuid: versionUuidSchema,
  avatarUuid: avatarUuidSchema,
  name: z.string(),
  version: z.int(),
});

/** One change of a project's active version. */
export const activationViewSchema = z.object({
  uuid: uuidSchema,
  /** The version that was active until then; null if there was none. */
  from: activatedVersionViewSchema.nullable(),
  /** The version that is active since then; null if there is none. */
  to: activatedVersionViewSchema.nullable(),
  how: z.enum(activationHows),
  /** Name of the user at that time; null if it is not known. */
  by: z.string().nullable(),
  at: z.string(),
  /** It was made on this machine and the server has not acknowledged it yet. */
  isWaiting: z.boolean(),
});
export type ActivationView = z.infer<typeof activationViewSchema>;

const activeVersionViewSchema = z.object({
  versionUuid: versionUuidSchema,
  avatarUuid: avatarUuidSchema,
  name: z.string(),
  version: z.int(),
  /** Relative address of the thumbnail, the same in both shells; null if there is none. */
  thumbnailUrl: z.string().nullable(),
});
export type ActiveVersionView = z.infer<typeof activeVersionViewSchema>;

export const projectViewSchema = z.object({
  uuid: uuidSchema,
  customerUuid: uuidSchema,
  customerName: z.string(),
  name: z.string(),
  avatarCount: z.int(),
  /** As chosen, pending activations included. */
  active: activeVersionViewSchema.nullable(),
  /**
   * As the server last said: what customers see. Differs from `active` only while an activation is
   * pending.
   */
  confirmedActive: activeVersionViewSchema.nullable(),
  activeSetBy: z.string().nullable(),
  activeSetAt: z.string().nullable(),
  /** `active` was chosen on this machine and the server has not acknowledged it yet. */
  isActivationWaiting: z.boolean(),
  /** The last 20 activations, newest first, with those that are pending. */
  activations: z.array(activationViewSchema),
  /** Null if the project is not pinned to this machine. */
  pin: projectPinSchema.nullable(),
  /** What newer rules found up to this time was dismissed here; null if nothing was. */
  rechecksDismissedUntil: z.string().nullable(),
});
export type ProjectView = z.infer<typeof projectViewSchema>;

/** One version of an avatar, as stored on this machine. Times are ISO 8601, sizes are in bytes. */
export const versionViewSchema = z.object({
  uuid: versionUuidSchema,
  projectUuid: uuidSchema,
  avatarUuid: avatarUuidSchema,
  version: z.int(),
  fileName: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
  /** As chosen, pending activations included. */
  isActive: z.boolean(),
  /** As the server last said: customers see this one. */
  isConfirmedActive: z.boolean(),
  container: z.enum(gabContainers),
  verdict: z.enum(gabVerdicts),
  activatable: z.boolean(),
  issues: z.array(gabFindingSchema),
  /**
   * Set if newer rules of the check have changed verdict or findings since the upload: when, and
   * what the check said then.
   */
  recheck: z.object({ at: z.string(), uploadVerdict: z.enum(gabVerdicts), uploadActivatable: z.boolean() }).nullable(),
  /** Why the preview could not draw it on this computer; null if it could, or has not tried. */
  drawingFailure: drawingFailureSchema.nullable(),
  description: z.string(),
  bodyType: z.enum(['model3d', 'splat', 'portrait2d']).nullable(),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
  deletedAt: z.string().nullable(),
  thumbnailUrl: z.string().nullable(),
});
export type VersionView = z.infer<typeof versionViewSchema>;

/**
 * An avatar with its versions, newest first. The trash lists trashed versions; every other view
 * lists the rest.
 */
export const avatarViewSchema = z.object({
  avatarUuid: avatarUuidSchema,
  projectUuid: uuidSchema,
  name: z.string(),
  tags: z.array(z.string()),
  /** The kinds of pending operations on this avatar, each listed once. */
  waiting: z.array(z.enum(operationKinds)),
  versions: z.array(versionViewSchema).min(1),
});
export type AvatarView = z.infer<typeof avatarViewSchema>;

/** What finding an avatar by its name needs: few fields, because there may be tens of thousands. */
export const avatarEntrySchema = z.object({
  avatarUuid: avatarUuidSchema,
  projectUuid: uuidSchema,
  name: z.string(),
  tags: z.array(z.string()),
  /** Of the newest version. */
  version: z.int(),
  thumbnailUrl: z.string().nullable(),
  /** One of its versions is the active one of the project. */
  isActive: z.boolean(),
});
export type AvatarEntry = z.infer<typeof avatarEntrySchema>;

/**
 * The choice is stored and shown at once. If somebody else switched in the meantime,
 * `operations.changed` brings a conflict.
 */
export const activationOutcomeSchema = z.object({
  kind: z.literal('done'),
  /**
   * Pass it as `undoes` to take this activation back, also offline. Null if this was the undo of an
   * activation that was still pending: then there is nothing left to take back.
   */
  activationUuid: uuidSchema.nullable(),
});

export const trashOutcomeSchema = z.object({
  /** Pass to `library.restore` to undo. */
  versionUuids: z.array(versionUuidSchema),
  /** The version that was active until now, if it is among these. */
  wasActiveUuid: versionUuidSchema.nullable(),
});

export const auditEventViewSchema = z.object({
  id: z.int(),
  at: z.string(),
  action: z.string(),
  actor: z.string().nullable(),
  customerName: z.string().nullable(),
  projectName: z.string().nullable(),
  versionUuid: z.string().nullable(),
  summary: z.string(),
});
export type AuditEventView = z.infer<typeof auditEventViewSchema>;

export const libraryChannels = {
  'library.projects': { input: z.undefined(), output: outcomeOf(z.array(projectViewSchema)) },
  'library.avatars': { input: z.object({ projectUuid: uuidSchema }), output: outcomeOf(z.array(avatarViewSchema)) },
  /** The avatars of all projects outside the trash, in no particular order. */
  'library.avatarEntries': { input: z.undefined(), output: outcomeOf(z.array(avatarEntrySchema)) },
  'library.trash': { input: z.undefined(), output: outcomeOf(z.array(avatarViewSchema)) },
  'library.activate': {
    input: z.object({
      projectUuid: uuidSchema,
      versionUuid: versionUuidSchema.nullable(),
      expectedActiveUuid: versionUuidSchema.nullable(),
      /** What the activation history says; absent: `choice`. */
      how: z.enum(chosenHows).optional(),
      /**
       * The activation to take back. If it is no longer the project's newest one, the server changes
       * nothing and `operations.changed` brings a conflict, which says who made the newer one.
       */
      undoes: uuidSchema.optional(),
    }),
    output: outcomeOf(activationOutcomeSchema),
  },
  'library.edit': {
    input: z.object({
      versionUuid: versionUuidSchema,
      name: avatarNameSchema.optional(),
      description: descriptionSchema.optional(),
      tags: tagsSchema.optional(),
    }),
    output: outcomeOf(versionViewSchema),
  },
  'library.moveToTrash': {
    input: z.object({ versionUuid: versionUuidSchema, scope: z.enum(['version', 'avatar']) }),
    output: outcomeOf(trashOutcomeSchema),
  },
  'library.restore': {
    input: z.object({
      versionUuids: z.array(versionUuidSchema).min(1).max(1000),
      /**
       * For undoing a deletion that took the active version: activates this version if no other one
       * is active by then.
       */
      activateUuid: versionUuidSchema.nullable(),
    }),
    output: outcomeOf(z.object({ restored: z.int(), reactivated: z.boolean() })),
  },
  /** Hides what newer rules of the check have found in this project up to a time. */
  'library.dismissRechecks': {
    input: z.object({ projectUuid: uuidSchema, until: z.iso.datetime() }),
    output: commandOutcome,
  },
  /** Asks the server for changes now instead of at the next poll. */
  'library.refresh': { input: z.undefined(), output: outcomeOf(z.object({ syncedAt: z.string() })) },
  /**
   * The computer is in a network again: refreshes, and replaces connections that may be dead without
   * knowing it.
   */
  'library.reconnect': { input: z.undefined(), output: commandOutcome },
  /** Admins only. Never cached, so it fails with `offline` without a server. */
  'library.auditEvents': {
    input: z.object({ limit: z.int().min(1).max(200), offset: z.int().min(0) }),
    output: outcomeOf(z.object({ events: z.array(auditEventViewSchema), total: z.int() })),
  },
} as const;

export const libraryEvents = {
  /**
   * Something in these projects changed locally, so read them again. An empty list means all of
   * them.
   */
  'library.changed': z.object({ projectUuids: z.array(uuidSchema) }),
} as const;
