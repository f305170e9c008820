import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';
import { failureSchema, outcomeOf } from './failure.ts';

/** `offer`: new and changed files wait in the upload sheet; `upload`: they are sent at once. */
export const watchModes = ['offer', 'upload'] as const;
export type WatchMode = (typeof watchModes)[number];

/** A folder on this machine whose `.gab` files belong to a project. At most one a project. */
export const watchFolderSchema = z.object({
  projectUuid: uuidSchema,
  path: z.string(),
  mode: z.enum(watchModes),
  state: z.enum(['starting', 'watching', 'failed']),
  /** `failed`: why; it is tried again by itself. */
  failure: failureSchema.nullable(),
});
export type WatchFolder = z.infer<typeof watchFolderSchema>;

const MAX_PATH_CHARS = 4096;

export const watchFolderChannels = {
  'watchFolders.list': { input: z.undefined(), output: z.array(watchFolderSchema) },
  'watchFolders.set': {
    input: z.object({
      projectUuid: uuidSchema,
      path: z.string().min(1).max(MAX_PATH_CHARS),
      mode: z.enum(watchModes),
    }),
    output: outcomeOf(watchFolderSchema),
  },
  'watchFolders.remove': { input: z.object({ projectUuid: uuidSchema }), output: z.undefined() },
  /** The system's own folder dialog; null: nothing was chosen, or this shell has none (then the path is typed). */
  'watchFolders.choose': { input: z.undefined(), output: z.object({ path: z.string().nullable() }) },
} as const;

export const watchFolderEvents = { 'watchFolders.changed': z.array(watchFolderSchema) } as const;
