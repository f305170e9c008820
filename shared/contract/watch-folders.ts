import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';
import { commandOutcome, failureSchema, outcomeOf } from './failure.ts';

/**
 * `offer`: new and changed files are shown in the upload sheet; `upload`: they are uploaded at
 * once.
 */
export const watchModes = ['offer', 'upload'] as const;
export type WatchMode = (typeof watchModes)[number];

/** A folder on this machine whose `.gab` files belong to a project. A project has at most one. */
export const watchFolderSchema = z.object({
  projectUuid: uuidSchema,
  path: z.string(),
  mode: z.enum(watchModes),
  state: z.enum(['starting', 'watching', 'failed']),
  /** `failed`: the reason. Retried automatically. */
  failure: failureSchema.nullable(),
});
export type WatchFolder = z.infer<typeof watchFolderSchema>;

export const MAX_PATH_CHARS = 4096;

/** A folder that a person chose in this run of the application. */
export const chosenFolderSchema = z.object({ handle: uuidSchema, path: z.string() });
export type ChosenFolderView = z.infer<typeof chosenFolderSchema>;

export const watchFolderChannels = {
  'watchFolders.list': { input: z.undefined(), output: outcomeOf(z.array(watchFolderSchema)) },
  /**
   * `handle`: of a folder that a person has chosen; null for the folder that the project has, in
   * another mode. The page cannot name a path: it may be taken over, and watching uploads files.
   */
  'watchFolders.set': {
    input: z.object({ projectUuid: uuidSchema, handle: uuidSchema.nullable(), mode: z.enum(watchModes) }),
    output: outcomeOf(watchFolderSchema),
  },
  'watchFolders.remove': { input: z.object({ projectUuid: uuidSchema }), output: commandOutcome },
  /**
   * Opens the system's folder dialog. Null if the user chose nothing, or if this shell has no
   * dialog.
   */
  'watchFolders.choose': { input: z.undefined(), output: z.object({ folder: chosenFolderSchema.nullable() }) },
  /**
   * Where there is no dialog: announces a typed path, which counts as chosen when the user has
   * confirmed it on the shell's own page at `confirmUrl`. Fails with `folder_not_chosen` in a shell
   * that has a dialog. The folder is not looked at before.
   */
  'watchFolders.type': {
    input: z.object({ path: z.string().min(1).max(MAX_PATH_CHARS) }),
    output: outcomeOf(chosenFolderSchema.extend({ confirmUrl: z.url() })),
  },
  /** Waits until the user has decided; false also if the question has expired. */
  'watchFolders.isConfirmed': { input: z.object({ handle: uuidSchema }), output: outcomeOf(z.boolean()) },
} as const;

export const watchFolderEvents = { 'watchFolders.changed': z.array(watchFolderSchema) } as const;
