import { z } from 'zod';
import { customerNameSchema, customerSlugSchema } from '../domain/account-fields.ts';
import { uuidSchema } from '../domain/ids.ts';
import { defineRoute } from './define-route.ts';
import { pagingQuerySchema } from './paging.ts';

export const customerResponseSchema = z.object({
  id: z.int(),
  uuid: uuidSchema,
  slug: z.string(),
  name: z.string(),
  project_count: z.int(),
});
export type CustomerResponse = z.infer<typeof customerResponseSchema>;

export const listCustomers = defineRoute({
  method: 'GET',
  path: '/api/admin/customers',
  access: 'admin',
  tag: 'administration',
  summary: 'All customers',
  query: pagingQuerySchema,
  response: z.object({ customers: z.array(customerResponseSchema), total: z.int() }),
  successStatus: 200,
});

export const createCustomer = defineRoute({
  method: 'POST',
  path: '/api/admin/customers',
  access: 'admin',
  tag: 'administration',
  summary: 'Create a customer. Without a slug, one is made from the name',
  body: z.object({ name: customerNameSchema, slug: customerSlugSchema.optional() }),
  response: customerResponseSchema,
  successStatus: 201,
});

export const renameCustomer = defineRoute({
  method: 'PATCH',
  path: '/api/admin/customers/:customer_uuid',
  access: 'admin',
  tag: 'administration',
  summary: 'Rename a customer',
  params: z.object({ customer_uuid: uuidSchema }),
  body: z.object({ name: customerNameSchema }),
  response: customerResponseSchema,
  successStatus: 200,
});
