import { z } from 'zod';
import { avatarNameSchema, descriptionSchema, tagsSchema } from '../domain/avatar-fields.ts';
import { avatarUuidSchema, uuidSchema, versionUuidSchema } from '../domain/ids.ts';
import { comparisonVerdicts } from '../gab/compare/comparison.ts';
import { gabContainers, gabFindingSchema, gabVerdicts } from '../gab/report.ts';
import { failureSchema, outcomeOf } from './failure.ts';

/** Why a file is offered as what it is offered as. */
export const suggestionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new') }),
  z.object({
    kind: z.literal('version'),
    avatarUuid: avatarUuidSchema,
    avatarName: z.string(),
    nextVersion: z.int(),
    because: z.enum(['manifest-id', 'file-name']),
  }),
  /** The project already has these very bytes: nothing is to be sent. */
  z.object({
    kind: z.literal('duplicate'),
    versionUuid: versionUuidSchema,
    avatarName: z.string(),
    version: z.int(),
    inTrash: z.boolean(),
  }),
]);
export type Suggestion = z.infer<typeof suggestionSchema>;

/** A file that was dropped or chosen and waits in the upload sheet. */
export const stagedFileSchema = z.object({
  stageId: z.string(),
  projectUuid: uuidSchema,
  fileName: z.string(),
  sizeBytes: z.int(),
  state: z.enum(['inspecting', 'ready', 'refused']),
  isLarge: z.boolean(),
  sha256: z.string().nullable(),
  container: z.enum(gabContainers).nullable(),
  verdict: z.enum(gabVerdicts).nullable(),
  activatable: z.boolean(),
  issues: z.array(gabFindingSchema),
  /** What the manifest says, if there is one. */
  manifest: z
    .object({
      id: z.string(),
      name: z.string(),
      version: z.string(),
      description: z.string(),
      tags: z.array(z.string()),
      bodyType: z.enum(['model3d', 'splat', 'portrait2d']),
      authors: z.array(z.string()),
      license: z.string(),
    })
    .nullable(),
  thumbnailUrl: z.string().nullable(),
  suggestion: suggestionSchema.nullable(),
  /**
   * What the file changes against the live version, where it would be another version of the avatar that is live now. Null:
   * nothing to compare with, or not known yet (it comes with `uploads.stagedChanged`), or not without a server.
   */
  comparisonVerdict: z.enum(comparisonVerdicts).nullable(),
  /** Set when refused for a reason outside the file (disk full, file gone). */
  failure: failureSchema.nullable(),
});
export type StagedFile = z.infer<typeof stagedFileSchema>;

export const uploadTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new'), name: avatarNameSchema, tags: tagsSchema }),
  z.object({ kind: z.literal('version'), avatarUuid: avatarUuidSchema }),
]);
export type UploadTarget = z.infer<typeof uploadTargetSchema>;

export const transferStates = [
  'waiting',
  'sending',
  'receiving',
  'checking',
  'paused',
  'done',
  'failed',
  'refused',
  'cancelled',
] as const;
export type TransferState = (typeof transferStates)[number];

/** What something that does not move just now waits for: a person, the line, or its place in the queue. */
export const transferNeeds = ['sign-in', 'network', 'turn'] as const;
export type TransferNeed = (typeof transferNeeds)[number];

/** One upload or download: a durable row that survives a restart. */
export const transferViewSchema = z.object({
  id: z.string(),
  kind: z.enum(['upload', 'download']),
  projectUuid: uuidSchema,
  fileName: z.string(),
  avatarName: z.string(),
  state: z.enum(transferStates),
  totalBytes: z.int(),
  /** Uploads: what the server has. Downloads: what is on this disk. */
  doneBytes: z.int(),
  /** Over the last seconds; 0 when nothing moves. */
  bytesPerSecond: z.number(),
  /** Uploads: how many bytes of the file had to travel so far. Downloads: 0. */
  sentBytes: z.int(),
  /** Uploads: how many bytes of the file must travel in all; null: the server has not said yet. Downloads: null. */
  streamBytes: z.int().nullable(),
  /** Null: it moves, is over, or waits for nothing that is known. */
  waitsFor: z.enum(transferNeeds).nullable(),
  /** The version the server made of it, after its commit. */
  versionUuid: versionUuidSchema.nullable(),
  version: z.int().nullable(),
  activation: z.enum(['activated', 'not_requested', 'not_activatable']).nullable(),
  /** Where a finished download lies. */
  savedPath: z.string().nullable(),
  failure: failureSchema.nullable(),
  canRetry: z.boolean(),
  canPause: z.boolean(),
  createdAt: z.string(),
});
export type TransferView = z.infer<typeof transferViewSchema>;

export const transferChannels = {
  'uploads.staged': { input: z.object({ projectUuid: uuidSchema }), output: z.array(stagedFileSchema) },
  /** Forget dropped files that are not to be sent. */
  'uploads.discard': { input: z.object({ stageIds: z.array(z.string()).max(10_000) }), output: z.undefined() },
  /** Turn staged files into durable uploads and start them. Answers how many were queued. */
  'uploads.confirm': {
    input: z.object({
      projectUuid: uuidSchema,
      activate: z.boolean(),
      items: z
        .array(z.object({ stageId: z.string(), target: uploadTargetSchema, description: descriptionSchema.optional() }))
        .min(1)
        .max(10_000),
    }),
    output: outcomeOf(z.object({ queued: z.int() })),
  },
  'downloads.start': {
    input: z.object({ versionUuid: versionUuidSchema }),
    output: outcomeOf(z.object({ id: z.string() })),
  },
  'transfers.list': { input: z.undefined(), output: z.array(transferViewSchema) },
  'transfers.cancel': { input: z.object({ id: z.string() }), output: z.undefined() },
  'transfers.retry': { input: z.object({ id: z.string() }), output: z.undefined() },
  /** Tries everything once more that failed or was refused. What a person cancelled stays so. */
  'transfers.retryAll': { input: z.undefined(), output: z.undefined() },
  /** Holds one until it is resumed, also over a restart. What was moved so far stays where it is. */
  'transfers.pause': { input: z.object({ id: z.string() }), output: z.undefined() },
  'transfers.resume': { input: z.object({ id: z.string() }), output: z.undefined() },
  /** Holds all that are there now; what is added later moves. */
  'transfers.pauseAll': { input: z.undefined(), output: z.undefined() },
  'transfers.resumeAll': { input: z.undefined(), output: z.undefined() },
  'transfers.clearEnded': { input: z.undefined(), output: z.undefined() },
  /** Shows a finished download in the file manager (Electron only; elsewhere nothing happens). */
  'downloads.reveal': { input: z.object({ id: z.string() }), output: z.undefined() },
} as const;

export const transferEvents = {
  /** The staged files of a project changed: one more inspected, one gone. */
  'uploads.stagedChanged': z.object({ projectUuid: uuidSchema, files: z.array(stagedFileSchema) }),
  /** All transfers that are not cleared, newest first. At most a few times a second. */
  'transfers.changed': z.array(transferViewSchema),
} as const;
