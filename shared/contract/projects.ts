import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';
import { MAX_PROJECT_NAME_CHARS } from '../domain/limits.ts';
import { commandOutcome, outcomeOf } from './failure.ts';

/** A customer whose projects this account may see. It may have none yet. */
export const customerViewSchema = z.object({ uuid: uuidSchema, name: z.string() });
export type CustomerView = z.infer<typeof customerViewSchema>;

/** A project in the trash. Its avatars come back with it. */
export const trashedProjectViewSchema = z.object({
  uuid: uuidSchema,
  customerUuid: uuidSchema,
  customerName: z.string(),
  name: z.string(),
  avatarCount: z.int(),
  deletedAt: z.string(),
});
export type TrashedProjectView = z.infer<typeof trashedProjectViewSchema>;

/** What is stored, and how much may be; null: no limit. */
const storageUseSchema = z.object({ usedBytes: z.int(), quotaBytes: z.int().nullable() });

/** The quotas that an upload to a project counts for, the trash and open uploads included. */
export const projectStorageViewSchema = z.object({
  project: storageUseSchema,
  /** Null for those who see only some projects of the customer. */
  customer: storageUseSchema.nullable(),
  /** What this user has uploaded, wherever that is. */
  user: storageUseSchema,
});
export type ProjectStorageView = z.infer<typeof projectStorageViewSchema>;

const nameSchema = z.string().trim().min(1).max(MAX_PROJECT_NAME_CHARS);
const oneProject = z.object({ projectUuid: uuidSchema });

/**
 * Managing projects. The lists are read from this machine; what changes a project needs the server
 * and fails with `offline` without it. A name that the customer already uses fails with
 * `project_name_taken`.
 */
export const projectChannels = {
  /** By name. */
  'projects.customers': { input: z.undefined(), output: outcomeOf(z.array(customerViewSchema)) },
  /** The most recently deleted first. */
  'projects.trashed': { input: z.undefined(), output: outcomeOf(z.array(trashedProjectViewSchema)) },
  /** Asks the server; fails with `offline` without it. */
  'projects.storage': { input: oneProject, output: outcomeOf(projectStorageViewSchema) },
  'projects.create': {
    input: z.object({ customerUuid: uuidSchema, name: nameSchema }),
    output: outcomeOf(oneProject),
  },
  'projects.rename': { input: oneProject.extend({ name: nameSchema }), output: commandOutcome },
  'projects.moveToTrash': { input: oneProject, output: commandOutcome },
  /** With all its avatars, and with the active version that it had. */
  'projects.restore': { input: oneProject, output: commandOutcome },
} as const;
