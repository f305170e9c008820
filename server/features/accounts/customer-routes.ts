import { ok } from '../../../shared/lib/result.ts';
import type { ServiceContext } from '../../context.ts';
import type { ApiHandlers } from '../../http/handler.ts';
import { readCustomers } from './customers.ts';

export function customerHandlers(context: ServiceContext): Pick<ApiHandlers, 'listCustomers'> {
  return { listCustomers: async ({ query }) => ok(await readCustomers(context, query)) };
}
