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

const MAX_PATH_CHARS = 4096;

export const watchFolderChannels = {
  'watchFolders.list': { input: z.undefined(), output: outcomeOf(z.array(watchFolderSchema)) },
  'watchFolders.set': {
    input: z.object({
      projectUuid: uuidSchema,
      path: z.string().min(1).max(MAX_PATH_CHARS),
      mode: z.enum(watchModes),
    }),
    output: outcomeOf(watchFolderSchema),
  },
  'watchFolders.remove': { input: z.object({ projectUuid: uuidSchema }), output: commandOutcome },
  /**
   * Opens the system's folder dialog. Null if the user chose nothing, or if this shell has no
   * dialog (the user then types the path).
   */
  'watchFolders.choose': { input: z.undefined(), output: z.object({ path: z.string().nullable() }) },
} as const;

export const watchFolderEvents = { 'watchFolders.changed': z.array(watchFolderSchema) } as const;
