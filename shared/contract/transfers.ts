import { z } from 'zod';
import { avatarNameSchema, descriptionSchema, tagsSchema } from '../domain/avatar-fields.ts';
import { avatarUuidSchema, uuidSchema, versionUuidSchema } from '../domain/ids.ts';
import { comparisonVerdicts } from '../gab/compare/comparison.ts';
import { gabContainers, gabFindingSchema, gabVerdicts } from '../gab/report.ts';
import { commandOutcome, failureSchema, outcomeOf } from './failure.ts';
import { drawingFailureSchema } from './preview-frame.ts';

/** What a staged file would become, and why. */
export const suggestionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new') }),
  z.object({
    kind: z.literal('version'),
    avatarUuid: avatarUuidSchema,
    avatarName: z.string(),
    nextVersion: z.int(),
    because: z.enum(['manifest-id', 'file-name']),
  }),
  /** The project already has an identical file, so nothing needs to be sent. */
  z.object({
    kind: z.literal('duplicate'),
    versionUuid: versionUuidSchema,
    avatarName: z.string(),
    version: z.int(),
    inTrash: z.boolean(),
  }),
]);
export type Suggestion = z.infer<typeof suggestionSchema>;

/** Longer than any valid text, so that a text that is too long is kept until it is corrected. */
const typedText = z.string().max(20_000);

/** What a person has filled in for one staged file. Absent fields are as the file suggests. */
export const uploadChoiceSchema = z.object({
  /** An avatar's uuid, the id of another staged file that becomes one, or null for a new avatar. */
  avatarUuid: avatarUuidSchema.nullable().optional(),
  name: typedText.optional(),
  /** As typed, separated by commas. */
  tags: typedText.optional(),
  description: typedText.optional(),
  activate: z.boolean().optional(),
});
export type UploadChoice = z.infer<typeof uploadChoiceSchema>;

/** A file that was dropped or chosen and is shown in the upload sheet. */
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
  /** Why the preview could not draw it on this computer; null if it could, or has not tried. */
  drawingFailure: drawingFailureSchema.nullable(),
  /** From the manifest, if there is one. */
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
   * How the file differs from the active version, if it would become a new version of the same
   * avatar. Null if there is nothing to compare with, if the comparison has not finished
   * (`uploads.stagedChanged` reports it), or if it needs a server that cannot be reached.
   */
  comparisonVerdict: z.enum(comparisonVerdicts).nullable(),
  /**
   * The reason if the file was refused for something other than its content (disk full, file gone).
   */
  failure: failureSchema.nullable(),
  choice: uploadChoiceSchema,
});
export type StagedFile = z.infer<typeof stagedFileSchema>;

export const uploadTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new'), name: avatarNameSchema, tags: tagsSchema }),
  z.object({ kind: z.literal('version'), avatarUuid: avatarUuidSchema }),
]);
export type UploadTarget = z.infer<typeof uploadTargetSchema>;

/**
 * An uploaded version that a person wants to be active, held until it has been compared with the
 * active one. `needsAnswer`: something would break, or the two cannot be compared, so that a person
 * has to decide.
 */
export const heldActivationSchema = z.object({
  versionUuid: versionUuidSchema,
  projectUuid: uuidSchema,
  needsAnswer: z.boolean(),
});
export type HeldActivation = z.infer<typeof heldActivationSchema>;

/** As many files as one drop may have. */
export const MAX_STAGED_FILES = 10_000;

const stageIdsSchema = z.object({ stageIds: z.array(z.string()).max(MAX_STAGED_FILES) });

const confirmedFileSchema = z.object({
  stageId: z.string(),
  target: uploadTargetSchema,
  description: descriptionSchema.optional(),
  /** Whether it is to be active; the last one of a confirmation counts. */
  activate: z.boolean().optional(),
  /**
   * The active version that it may replace without another question. If another one is active by
   * then, they are compared first, and a person is asked if something would break.
   */
  activateOver: versionUuidSchema.optional(),
});

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

/** What an idle transfer is waiting for: a sign-in, the network, or its turn in the queue. */
export const transferNeeds = ['sign-in', 'network', 'turn'] as const;
export type TransferNeed = (typeof transferNeeds)[number];

/** One upload or download. It is stored, so it survives a restart. */
export const transferViewSchema = z.object({
  id: z.string(),
  kind: z.enum(['upload', 'download']),
  projectUuid: uuidSchema,
  fileName: z.string(),
  avatarName: z.string(),
  state: z.enum(transferStates),
  totalBytes: z.int(),
  /** Uploads: bytes on the server. Downloads: bytes on this disk. */
  doneBytes: z.int(),
  /** Average of the last seconds; 0 while nothing is transferred. */
  bytesPerSecond: z.number(),
  /** Uploads: how many bytes of the file were sent so far. Downloads: 0. */
  sentBytes: z.int(),
  /**
   * Uploads: how many bytes of the file must be sent in total; null until the server has replied.
   * Downloads: null.
   */
  streamBytes: z.int().nullable(),
  /** Null if the transfer is running or has ended, or if the reason is not known. */
  waitsFor: z.enum(transferNeeds).nullable(),
  /** The version that the server created from the upload, once it is committed. */
  versionUuid: versionUuidSchema.nullable(),
  version: z.int().nullable(),
  /** `active_changed`: it is compared with the active version first (`uploads.held`). */
  activation: z.enum(['activated', 'not_requested', 'not_activatable', 'active_changed']).nullable(),
  /**
   * Uploads: the upload that creates the avatar of which this becomes a version. Null if there is
   * none. If that one is refused or canceled, this one creates the avatar.
   */
  follows: z.object({ fileName: z.string(), state: z.enum(transferStates) }).nullable(),
  /** Path of the finished download. */
  savedPath: z.string().nullable(),
  failure: failureSchema.nullable(),
  canRetry: z.boolean(),
  canPause: z.boolean(),
  createdAt: z.string(),
});
export type TransferView = z.infer<typeof transferViewSchema>;

/**
 * Commands on one transfer, by its id. Handlers and the screen derive theirs from this list.
 * `pause` lasts until `resume`, even across a restart; bytes transferred so far are kept.
 */
export const transferCommands = ['cancel', 'retry', 'pause', 'resume'] as const;
export type TransferCommand = (typeof transferCommands)[number];

/**
 * Commands on all transfers. `retryAll` retries what failed or was refused, but not what was
 * canceled; `pauseAll` holds those that are there now, not those that are added later.
 */
export const allTransfersCommands = ['retryAll', 'pauseAll', 'resumeAll'] as const;
export type AllTransfersCommand = (typeof allTransfersCommands)[number];

function commandChannels<Command extends string, Input extends z.ZodType>(commands: readonly Command[], input: Input) {
  const definition = { input, output: commandOutcome };
  return Object.fromEntries(commands.map((command) => [`transfers.${command}`, definition])) as {
    readonly [Name in Command as `transfers.${Name}`]: typeof definition;
  };
}

const transferCommandChannels = {
  ...commandChannels(transferCommands, z.object({ id: z.string() })),
  ...commandChannels(allTransfersCommands, z.undefined()),
};

export const transferChannels = {
  'uploads.staged': { input: z.object({ projectUuid: uuidSchema }), output: outcomeOf(z.array(stagedFileSchema)) },
  /** Keeps what was filled in for these files, until they are uploaded or discarded. */
  'uploads.choose': {
    input: z.object({
      choices: z.array(z.object({ stageId: z.string(), choice: uploadChoiceSchema })).max(MAX_STAGED_FILES),
    }),
    output: commandOutcome,
  },
  /**
   * Removes staged files that will not be uploaded. They can be restored until they are forgotten,
   * or until the application ends.
   */
  'uploads.discard': { input: stageIdsSchema, output: commandOutcome },
  /** Puts discarded files back to their places. */
  'uploads.restore': { input: stageIdsSchema, output: commandOutcome },
  /** Deletes the bytes of discarded files. */
  'uploads.forget': { input: stageIdsSchema, output: commandOutcome },
  /**
   * Turns staged files into stored uploads and starts them, in this order. Returns how many were
   * queued.
   */
  'uploads.confirm': {
    input: z.object({
      projectUuid: uuidSchema,
      items: z.array(confirmedFileSchema).min(1).max(MAX_STAGED_FILES),
    }),
    output: outcomeOf(z.object({ queued: z.int() })),
  },
  /** Oldest first. */
  'uploads.held': { input: z.undefined(), output: outcomeOf(z.array(heldActivationSchema)) },
  /** A person's answer about a held version: activate it anyway, or leave it as it is. */
  'uploads.answerHeld': {
    input: z.object({ versionUuid: versionUuidSchema, activate: z.boolean() }),
    output: commandOutcome,
  },
  'downloads.start': {
    input: z.object({ versionUuid: versionUuidSchema }),
    output: outcomeOf(z.object({ id: z.string() })),
  },
  'transfers.list': { input: z.undefined(), output: outcomeOf(z.array(transferViewSchema)) },
  ...transferCommandChannels,
  'transfers.clearEnded': { input: z.undefined(), output: commandOutcome },
  /** Shows a finished download in the file manager. Only in Electron; does nothing elsewhere. */
  'downloads.reveal': { input: z.object({ id: z.string() }), output: commandOutcome },
} as const;

export const transferEvents = {
  /** All staged files of the project, after any of them changed. */
  'uploads.stagedChanged': z.object({ projectUuid: uuidSchema, files: z.array(stagedFileSchema) }),
  'uploads.heldChanged': z.array(heldActivationSchema),
  /** All transfers that have not been cleared, newest first. At most a few times a second. */
  'transfers.changed': z.array(transferViewSchema),
} as const;
