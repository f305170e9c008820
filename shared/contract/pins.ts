import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';
import { commandOutcome } from './failure.ts';

/**
 * `fetching`: downloading; `kept`: complete on this machine; `waiting`: until the server can be
 * reached; `failed`: something could not be stored (the log gives the reason), retried
 * automatically.
 */
export const pinStates = ['fetching', 'kept', 'waiting', 'failed'] as const;

/** A pinned project: its bundles stay on this machine, so that they can be opened offline. */
export const projectPinSchema = z.object({
  /** How many of `totalBytes` are on this machine, including those of unfinished downloads. */
  keptBytes: z.int(),
  /** The newest and the active version of each avatar; identical files count once. */
  totalBytes: z.int(),
  state: z.enum(pinStates),
});
export type ProjectPin = z.infer<typeof projectPinSchema>;

export const pinChannels = {
  /** Keeps a project's bundles on this machine, or allows their removal when space is needed. */
  'library.setPinned': { input: z.object({ projectUuid: uuidSchema, isPinned: z.boolean() }), output: commandOutcome },
} as const;
