import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';

/**
 * `fetching`: on the way; `kept`: all of it is on this machine; `waiting`: for the server; `failed`: something could not be kept
 * (the log says what and why), it is tried again by itself.
 */
export const pinStates = ['fetching', 'kept', 'waiting', 'failed'] as const;

/** A pinned project: its bundles stay on this machine, so that they can be looked into without a server. */
export const projectPinSchema = z.object({
  /** Of `totalBytes`, how many are here, bundles on the way included. */
  keptBytes: z.int(),
  /** The newest and the live version of each avatar; the same bytes count once. */
  totalBytes: z.int(),
  state: z.enum(pinStates),
});
export type ProjectPin = z.infer<typeof projectPinSchema>;

export const pinChannels = {
  /** Keeps a project's bundles on this machine, or lets them go when room is needed. */
  'library.setPinned': { input: z.object({ projectUuid: uuidSchema, isPinned: z.boolean() }), output: z.undefined() },
} as const;
