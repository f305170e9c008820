import { ok } from '../../../shared/lib/result.ts';
import type { ServiceContext } from '../../context.ts';
import type { ApiHandlers } from '../../http/handler.ts';
import { readAuditEvents } from './read-audit-events.ts';

export function auditHandlers(context: ServiceContext): Pick<ApiHandlers, 'listAuditEvents'> {
  return { listAuditEvents: async ({ query }) => ok(await readAuditEvents(context, query)) };
}
