import type { z } from 'zod';
import type { ApiClient } from '../../node/api-client/api-client.ts';
import { toFailure } from '../../node/api-client/api-failure.ts';
import { type auditEventSchema, listAuditEvents } from '../../shared/api/administration.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { AuditEventView } from '../../shared/contract/library.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Readers } from '../db/local-database.ts';
import { auditSummary } from './audit-words.ts';

export type AuditPage = { readonly events: AuditEventView[]; readonly total: number };

/**
 * Reads audit events from the server, newest first. Names of customers and projects come from the
 * local library.
 */
export async function readAuditEvents(
  api: ApiClient,
  read: Readers,
  page: { readonly limit: number; readonly offset: number },
): Promise<Result<AuditPage, Failure>> {
  const result = await api.call(listAuditEvents, { query: page });
  if (!result.ok) return fail(toFailure(result.failure));
  const customers = new Map(read.customers.all().map((customer) => [customer.uuid, customer.name]));
  const events = result.value.events.map((event) => viewOf(event, read, customers));
  return ok({ events, total: result.value.total });
}

function viewOf(
  event: z.output<typeof auditEventSchema>,
  read: Readers,
  customers: ReadonlyMap<string, string>,
): AuditEventView {
  const project = event.project_uuid === null ? null : read.projects.find(event.project_uuid);
  const avatar = event.avatar_uuid === null ? null : read.versions.find(event.avatar_uuid);
  const now = {
    avatar: avatar === null ? null : `${avatar.name} v${avatar.version}`,
    project: project?.name ?? null,
  };
  return {
    id: event.id,
    at: event.at,
    action: event.action,
    actor: event.actor,
    customerName: event.customer_uuid === null ? null : (customers.get(event.customer_uuid) ?? null),
    projectName: now.project,
    versionUuid: event.avatar_uuid,
    summary: auditSummary(event.action, event.details, now),
  };
}
