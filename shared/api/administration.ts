import { z } from 'zod';
import { uuidSchema, versionUuidSchema } from '../domain/ids.ts';
import { defineRoute } from './define-route.ts';
import { pagingQuerySchema } from './paging.ts';

export const auditActions = [
  'session.created',
  'session.deleted',
  'session.refused',
  'access.refused',
  'account.created',
  'account.renamed',
  'account.password_changed',
  'account.second_factor_on',
  'account.second_factor_off',
  'account.recovery_code_used',
  'account.disabled',
  'account.enabled',
  'account.signed_out',
  'account.admin_granted',
  'account.admin_revoked',
  'token.created',
  'token.revoked',
  'token.refused',
  'link.issued',
  'link.used',
  'membership.granted',
  'membership.changed',
  'membership.removed',
  'customer.created',
  'customer.renamed',
  'customer.quota_changed',
  'project.created',
  'project.renamed',
  'project.quota_changed',
  'project.trashed',
  'project.restored',
  'project.purged',
  'project.deleted',
  'avatar.uploaded',
  'avatar.edited',
  'avatar.rechecked',
  'avatar.trashed',
  'avatar.restored',
  'avatar.purged',
  'avatar.downloaded',
  'avatar.previewed',
  'avatar.activated',
  'avatar.deactivated',
] as const;

export const auditEventSchema = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  action: z.enum(auditActions),
  /** Email address of the user at that time; null for jobs of the server. */
  actor: z.string().nullable(),
  customer_uuid: uuidSchema.nullable(),
  project_uuid: uuidSchema.nullable(),
  avatar_uuid: versionUuidSchema.nullable(),
  details: z.record(z.string(), z.unknown()),
});

export const listAuditEvents = defineRoute({
  method: 'GET',
  path: '/api/admin/audit-events',
  access: 'admin',
  tag: 'administration',
  summary: 'The audit log, newest first',
  query: pagingQuerySchema.extend({
    customer_uuid: uuidSchema.optional(),
    project_uuid: uuidSchema.optional(),
    avatar_uuid: versionUuidSchema.optional(),
    action: z.enum(auditActions).optional(),
  }),
  response: z.object({ events: z.array(auditEventSchema), total: z.int() }),
  successStatus: 200,
});
