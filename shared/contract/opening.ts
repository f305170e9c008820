import { z } from 'zod';
import { avatarUuidSchema, uuidSchema } from '../domain/ids.ts';
import { commandOutcome, failureSchema } from './failure.ts';

// Files and links that the system handed over: by a double click, the command line, a second start
// or a web page. They wait in the main process, also while nobody is signed in and across reloads,
// until the screen takes them.

/** A file that waits until a person chooses its project. */
export const openedFileSchema = z.object({
  id: z.uuid(),
  fileName: z.string(),
  sizeBytes: z.int(),
});
export type OpenedFile = z.infer<typeof openedFileSchema>;

export const linkTargetSchema = z.object({ projectUuid: uuidSchema, avatarUuid: avatarUuidSchema.nullable() });

/** Something that can't be opened. `name`: the path; null for a link. */
export const openRefusalSchema = z.object({ name: z.string().nullable(), failure: failureSchema });
export type OpenRefusal = z.infer<typeof openRefusalSchema>;

export const openedSchema = z.object({
  files: z.array(openedFileSchema),
  /** The link that was opened last and has not been shown yet. */
  link: linkTargetSchema.nullable(),
  refusalCount: z.int(),
});
export type OpenedView = z.infer<typeof openedSchema>;

/** More than one drop may have would be refused by the upload sheet anyway. */
export const MAX_OPENED_FILES = 10_000;

export const openingChannels = {
  'opening.get': { input: z.undefined(), output: openedSchema },
  /** Adds the files to the upload sheet of a project: only ever because a person chose it. */
  'opening.addFiles': {
    input: z.object({ ids: z.array(z.uuid()).min(1).max(MAX_OPENED_FILES), projectUuid: uuidSchema }),
    output: commandOutcome,
  },
  /** Forgets the files; they stay where they are. */
  'opening.discardFiles': { input: z.object({ ids: z.array(z.uuid()).max(MAX_OPENED_FILES) }), output: z.null() },
  /** Each of these returns something once: two windows never show the same. */
  'opening.takeLink': { input: z.undefined(), output: linkTargetSchema.nullable() },
  'opening.takeRefusals': { input: z.undefined(), output: z.array(openRefusalSchema) },
} as const;

export const openingEvents = { 'opening.changed': openedSchema } as const;
