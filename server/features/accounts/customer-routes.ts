import { ok } from '../../../shared/lib/result.ts';
import type { ServiceContext } from '../../context.ts';
import type { ApiHandlers } from '../../http/handler.ts';
import { createCustomer, readCustomers, renameCustomer } from './customers.ts';

type CustomerHandlers = Pick<ApiHandlers, 'listCustomers' | 'createCustomer' | 'renameCustomer'>;

export function customerHandlers(context: ServiceContext): CustomerHandlers {
  return {
    listCustomers: async ({ query }) => ok(await readCustomers(context, query)),
    createCustomer: ({ caller, body }) => createCustomer(context, caller.email, body),
    renameCustomer: ({ caller, params, body }) =>
      renameCustomer(context, caller, { uuid: params.customer_uuid, name: body.name }),
  };
}
