import { z } from 'zod';

/** What could be read of one kind of rows in a damaged library. */
const rescuedSchema = z.object({
  kept: z.int(),
  /** False if parts could not be read, so that an unknown number is lost. */
  isComplete: z.boolean(),
});

/**
 * How a damaged library was rebuilt. Projects and versions come from the server again; only what the
 * server does not have yet can be lost.
 */
export const libraryRepairSchema = z.object({
  /** ISO 8601. */
  repairedAt: z.string(),
  /** Where the damaged file is kept on this computer. */
  damagedFile: z.string(),
  /** Pending and parked operations. */
  operations: rescuedSchema,
  /** How many of them were found outside their table, so that a person decides about them. */
  parkedOperations: z.int(),
  /** Uploads that are not on the server yet. */
  uploads: rescuedSchema,
  /** Watch folders and projects that are kept offline. */
  settings: rescuedSchema,
});
export type LibraryRepair = z.infer<typeof libraryRepairSchema>;
