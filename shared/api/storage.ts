import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';
import { defineRoute } from './define-route.ts';
import { pagingQuerySchema } from './paging.ts';

/**
 * What stored versions (the trash included) and open uploads take, in bytes, and how much they may
 * take; null: no limit. Every version counts in full, also if the disk keeps equal files once.
 */
export const storageUseSchema = z.object({ used_bytes: z.int(), quota_bytes: z.int().nullable() });
export type StorageUse = z.infer<typeof storageUseSchema>;

/** Null gives the place the default of the server's settings again. */
const quotaBodySchema = z.object({ quota_bytes: z.int().min(0).nullable() });

export const projectStorageSchema = z.object({
  project: storageUseSchema,
  /** Null for a caller who sees only some projects of the customer. */
  customer: storageUseSchema.nullable(),
  /** What the caller has uploaded, wherever that is. */
  user: storageUseSchema,
});
export type ProjectStorage = z.infer<typeof projectStorageSchema>;

export const getProjectStorage = defineRoute({
  method: 'GET',
  path: '/api/customer/projects/:project_uuid/storage',
  access: 'project:read',
  tag: 'projects',
  summary: 'How much a project, its customer and the caller have stored, and may store',
  params: z.object({ project_uuid: uuidSchema }),
  response: projectStorageSchema,
  successStatus: 200,
});

export const setProjectQuota = defineRoute({
  method: 'PUT',
  path: '/api/customer/projects/:project_uuid/quota',
  access: 'project:manage-projects',
  tag: 'projects',
  summary: 'Set how much a project may store',
  params: z.object({ project_uuid: uuidSchema }),
  body: quotaBodySchema,
  response: storageUseSchema,
  successStatus: 200,
});

export const setCustomerQuota = defineRoute({
  method: 'PUT',
  path: '/api/admin/customers/:customer_uuid/quota',
  access: 'admin',
  tag: 'administration',
  summary: 'Set how much a customer may store',
  params: z.object({ customer_uuid: uuidSchema }),
  body: quotaBodySchema,
  response: storageUseSchema,
  successStatus: 200,
});

export const customerStorageSchema = storageUseSchema.extend({
  customer_uuid: uuidSchema,
  slug: z.string(),
  name: z.string(),
});
export type CustomerStorage = z.infer<typeof customerStorageSchema>;

export const listStorage = defineRoute({
  method: 'GET',
  path: '/api/admin/storage',
  access: 'admin',
  tag: 'administration',
  summary: 'How much each customer has stored, the largest first',
  query: pagingQuerySchema,
  response: z.object({ customers: z.array(customerStorageSchema), total: z.int() }),
  successStatus: 200,
});
