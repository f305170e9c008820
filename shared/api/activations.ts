import { z } from 'zod';
import { activationHows } from '../domain/activations.ts';
import { avatarUuidSchema, uuidSchema, versionUuidSchema } from '../domain/ids.ts';
import { defineRoute } from './define-route.ts';
import { pagingQuerySchema } from './paging.ts';

/** A version in the activation history, with the name and number that it had then. */
const activatedVersionSchema = z.object({
  uuid: versionUuidSchema,
  lineage_uuid: avatarUuidSchema,
  name: z.string(),
  version: z.int(),
});

/** One change of a project's active version. */
export const activationResponseSchema = z.object({
  /** The Idempotency-Key of the request that made it, if that was a UUID. */
  uuid: uuidSchema,
  /** The version that was active until then; null if there was none. */
  from: activatedVersionSchema.nullable(),
  /** The version that is active since then; null if there is none. */
  to: activatedVersionSchema.nullable(),
  how: z.enum(activationHows),
  set_by_user_id: z.int().nullable(),
  /** The user's name at that time. */
  set_by: z.string().nullable(),
  set_at: z.iso.datetime(),
});
export type ActivationResponse = z.infer<typeof activationResponseSchema>;

export const listActivations = defineRoute({
  method: 'GET',
  path: '/api/customer/projects/:project_uuid/activations',
  access: 'project:read',
  tag: 'projects',
  summary: 'The activation history of a project, newest first: which version was active when, and who changed it',
  params: z.object({ project_uuid: uuidSchema }),
  query: pagingQuerySchema,
  response: z.object({ activations: z.array(activationResponseSchema), total: z.int() }),
  successStatus: 200,
});
