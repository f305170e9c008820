import { z } from 'zod';
import { versionUuidSchema } from '../domain/ids.ts';
import { problemCodes } from '../domain/problem-codes.ts';
import { quotaExceededSchema } from '../domain/quota.ts';
import { gabFindingSchema } from '../gab/report.ts';

/** The active version and who activated it; part of `active_conflict`. */
export const activeStateSchema = z.object({
  active_avatar_uuid: versionUuidSchema.nullable(),
  set_by: z.string().nullable(),
  set_at: z.iso.datetime().nullable(),
});
export type ActiveState = z.infer<typeof activeStateSchema>;

/** The current fields, and who last changed one of those that differ; part of `edit_conflict`. */
export const currentFieldsSchema = z.object({
  name: z.string(),
  tags: z.array(z.string()),
  description: z.string(),
  /** Display name; null if it is no longer known. */
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
  /** How to fix it, for users. */
  hint: z.string().optional(),
  /** `invalid_request`: what is wrong, and where. */
  errors: z
    .array(
      z.object({
        where: z.string(),
        /** For programmers. */
        message: z.string(),
        /** Which rule it breaks, for the sentence that a person reads; older servers lack it. */
        rule: z.string().optional(),
        /** Of a rule about length, number or size. */
        limit: z.number().optional(),
      }),
    )
    .optional(),
  /** `bundle_invalid`, `not_activatable`: the findings of the check. */
  issues: z.array(gabFindingSchema).optional(),
  /** `active_conflict` only. */
  current: activeStateSchema.optional(),
  /** `edit_conflict` only. */
  current_fields: currentFieldsSchema.optional(),
  /** `quota_exceeded` only. */
  quota: quotaExceededSchema.optional(),
});
export type Problem = z.infer<typeof problemSchema>;
