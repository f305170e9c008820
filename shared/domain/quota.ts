import { z } from 'zod';

/** What a quota is for. `user`: what one user uploads, wherever that is. */
export const quotaScopes = ['project', 'customer', 'user'] as const;
export type QuotaScope = (typeof quotaScopes)[number];

/** Which quota a file does not fit, and why; all numbers are bytes. Part of `quota_exceeded`. */
export const quotaExceededSchema = z.object({
  scope: z.enum(quotaScopes),
  file_bytes: z.int(),
  /** Null for a caller who sees only some projects of the customer. */
  used_bytes: z.int().nullable(),
  quota_bytes: z.int().nullable(),
});
export type QuotaExceeded = z.infer<typeof quotaExceededSchema>;
