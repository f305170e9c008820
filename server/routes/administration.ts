import { ok } from '../../shared/lib/result.ts';
import { readAuditEvents, readCustomers } from '../services/administration.ts';
import type { ServiceContext } from '../services/context.ts';
import type { ApiHandlers } from './handler.ts';

type AdministrationHandlers = Pick<ApiHandlers, 'listAuditEvents' | 'listCustomers'>;

export function administrationHandlers(context: ServiceContext): AdministrationHandlers {
  return {
    listAuditEvents: async ({ query }) => ok(await readAuditEvents(context, query)),
    listCustomers: async ({ query }) => ok(await readCustomers(context, query)),
  };
}
