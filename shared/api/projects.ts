import { z } from 'zod';
import { avatarUuidSchema, uuidSchema, versionUuidSchema } from '../domain/ids.ts';
import { MAX_PROJECT_NAME_CHARS } from '../domain/limits.ts';
import { trimmedLineSchema } from '../lib/text.ts';
import { activationResponseSchema } from './activations.ts';
import { defineRoute } from './define-route.ts';
import { flagSchema, pagingQuerySchema } from './paging.ts';

export const activeAvatarSchema = z.object({
  uuid: versionUuidSchema,
  lineage_uuid: avatarUuidSchema,
  name: z.string(),
  version: z.int(),
  thumbnail_url: z.string().nullable(),
});

export const projectResponseSchema = z.object({
  id: z.int(),
  uuid: uuidSchema,
  customer_uuid: uuidSchema,
  customer_name: z.string(),
  name: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime().nullable(),
  /** Avatars (lineages) with at least one version that is not in the trash. */
  avatar_count: z.int(),
  active_avatar: activeAvatarSchema.nullable(),
  /** Who activated the current version, and when; null if nobody has. */
  active_set_by: z.string().nullable(),
  active_set_at: z.iso.datetime().nullable(),
  /** The last 20 changes of the active version, newest first. Older servers don't report them. */
  activations: z.array(activationResponseSchema).default([]),
  /** When it was moved to the trash; null if it isn't in the trash. */
  deleted_at: z.iso.datetime().nullable(),
});
export type ProjectResponse = z.infer<typeof projectResponseSchema>;

export const projectListSchema = z.object({ projects: z.array(projectResponseSchema), total: z.int() });

const projectNameSchema = trimmedLineSchema.min(1, 'must not be empty').max(MAX_PROJECT_NAME_CHARS);
const projectParams = z.object({ project_uuid: uuidSchema });

function projectRoutes<const Audience extends 'customer' | 'admin'>(audience: Audience) {
  const isAdmin = audience === 'admin';
  return {
    list: defineRoute({
      method: 'GET',
      path: `/api/${audience}/projects`,
      access: isAdmin ? 'admin' : 'signed-in',
      tokenAction: isAdmin ? 'administer' : 'read',
      tag: 'projects',
      summary: 'The projects that the caller may see, each with its active avatar',
      query: pagingQuerySchema.extend({
        customer_uuid: uuidSchema.optional(),
        q: trimmedLineSchema.max(200).optional(),
        /** Set to list the projects in the trash instead of the others. */
        trashed: flagSchema.default(false),
      }),
      response: projectListSchema,
      successStatus: 200,
    }),
    get: defineRoute({
      method: 'GET',
      path: `/api/${audience}/projects/:project_uuid`,
      access: isAdmin ? 'admin' : 'project:read',
      tag: 'projects',
      summary: 'One project',
      params: projectParams,
      response: projectResponseSchema,
      successStatus: 200,
    }),
    create: defineRoute({
      method: 'POST',
      path: `/api/${audience}/projects`,
      access: isAdmin ? 'admin' : 'customer:manage-projects',
      tag: 'projects',
      summary: 'Create a project for a customer',
      body: z.object({ customer_uuid: uuidSchema, name: projectNameSchema }),
      response: projectResponseSchema,
      successStatus: 201,
    }),
    rename: defineRoute({
      method: 'PATCH',
      path: `/api/${audience}/projects/:project_uuid`,
      access: isAdmin ? 'admin' : 'project:manage-projects',
      tag: 'projects',
      summary: 'Rename a project',
      params: projectParams,
      body: z.object({ name: projectNameSchema }),
      response: projectResponseSchema,
      successStatus: 200,
    }),
  };
}

export const customerProjectRoutes = {
  ...projectRoutes('customer'),
  trash: defineRoute({
    method: 'POST',
    path: '/api/customer/projects/:project_uuid/trash',
    access: 'project:manage-projects',
    tag: 'projects',
    summary: 'Move a project with all its avatars to the trash',
    params: projectParams,
    response: projectResponseSchema,
    successStatus: 200,
  }),
  restore: defineRoute({
    method: 'POST',
    path: '/api/customer/projects/:project_uuid/restore',
    access: 'project:manage-projects',
    tag: 'projects',
    summary: 'Restore a project from the trash, as it was',
    params: projectParams,
    response: projectResponseSchema,
    successStatus: 200,
  }),
};
export const adminProjectRoutes = {
  ...projectRoutes('admin'),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/admin/projects/:project_uuid',
    access: 'admin',
    tag: 'projects',
    summary: 'Permanently delete a project with all its avatars and their files',
    params: projectParams,
    response: null,
    successStatus: 204,
  }),
};
