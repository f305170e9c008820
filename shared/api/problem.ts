import { z } from 'zod';
import { versionUuidSchema } from '../domain/ids.ts';
import { problemCodes } from '../domain/problem-codes.ts';
import { gabFindingSchema } from '../gab/report.ts';

/** What is active now and who made it so; carried by `active_conflict`. */
export const activeStateSchema = z.object({
  active_avatar_uuid: versionUuidSchema.nullable(),
  set_by: z.string().nullable(),
  set_at: z.iso.datetime().nullable(),
});
export type ActiveState = z.infer<typeof activeStateSchema>;

/** What the fields hold now, and who changed one of those that differ, last; carried by `edit_conflict`. */
export const currentFieldsSchema = z.object({
  name: z.string(),
  tags: z.array(z.string()),
  description: z.string(),
  /** Display name; null where nobody knows any more. */
  changed_by: z.string().nullable(),
  changed_at: z.iso.datetime().nullable(),
});
export type CurrentFields = z.infer<typeof currentFieldsSchema>;

/** RFC 9457 problem details, media type application/problem+json. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(problemCodes),
  instance: z.string().optional(),
  /** How to fix it, for people. */
  hint: z.string().optional(),
  /** `invalid_request`: what is wrong where. */
  errors: z.array(z.object({ where: z.string(), message: z.string() })).optional(),
  /** `bundle_invalid`, `not_activatable`: what the reader found. */
  issues: z.array(gabFindingSchema).optional(),
  /** `active_conflict` only. */
  current: activeStateSchema.optional(),
  /** `edit_conflict` only. */
  current_fields: currentFieldsSchema.optional(),
});
export type Problem = z.infer<typeof problemSchema>;
