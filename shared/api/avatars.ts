import { z } from 'zod';
import { avatarNameSchema, descriptionSchema, tagSchema, tagsSchema } from '../domain/avatar-fields.ts';
import { avatarUuidSchema, uuidSchema, versionUuidSchema } from '../domain/ids.ts';
import { bundleSummarySchema } from '../gab/compare/bundle-summary.ts';
import { gabContainers, gabFindingSchema, gabVerdicts } from '../gab/report.ts';
import { sha256Schema } from '../gab/sha256-schema.ts';
import { defineRoute } from './define-route.ts';
import { flagSchema, pagingQuerySchema } from './paging.ts';
import { activeStateSchema } from './problem.ts';

/** One uploaded file: a version of an avatar. Its bytes never change. */
export const avatarResponseSchema = z.object({
  id: z.int(),
  uuid: versionUuidSchema,
  project_id: z.int(),
  project_uuid: uuidSchema,
  filename: z.string(),
  original_filename: z.string(),
  file_size: z.int(),
  is_active: z.boolean(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime().nullable(),
  /** Rows of one lineage are the versions of one avatar. */
  lineage_uuid: avatarUuidSchema,
  version: z.int(),
  /** Name and tags belong to the avatar: all its versions answer the same. */
  name: z.string(),
  tags: z.array(z.string()),
  /** The description belongs to the version; a new version starts with its predecessor's. */
  description: z.string(),
  created_by_user_id: z.int().nullable(),
  created_by_name: z.string().nullable(),
  sha256: sha256Schema,
  container: z.enum(gabContainers),
  verdict: z.enum(gabVerdicts),
  activatable: z.boolean(),
  issues: z.array(gabFindingSchema),
  /** What the manifest says it is; null for files without one. */
  manifest_id: z.string().nullable(),
  body_type: z.enum(['model3d', 'splat', 'portrait2d']).nullable(),
  /** Path below the server's origin, with the picture's hash in it; null where there is no picture. */
  thumbnail_url: z.string().nullable(),
  /** When it was moved to the trash; null for all others. */
  deleted_at: z.iso.datetime().nullable(),
});
export type AvatarResponse = z.infer<typeof avatarResponseSchema>;

export const avatarListSchema = z.object({ avatars: z.array(avatarResponseSchema), total: z.int() });

export const uploadOutcomes = ['activated', 'not_requested', 'not_activatable'] as const;

/** The stored avatar and whether the upload made it the active one. */
export const avatarUploadResponseSchema = avatarResponseSchema.extend({ activation: z.enum(uploadOutcomes) });
export type AvatarUploadResponse = z.infer<typeof avatarUploadResponseSchema>;

const projectParams = z.object({ project_uuid: uuidSchema });
const avatarParams = z.object({ avatar_uuid: versionUuidSchema });

const listQuery = pagingQuerySchema.extend({
  q: z.string().trim().max(200).optional(),
  tag: tagSchema.optional(),
  lineage_uuid: avatarUuidSchema.optional(),
  active: flagSchema.optional(),
  trashed: flagSchema.default(false),
  sort: z.enum(['newest', 'oldest', 'name', 'size']).default('newest'),
});

/** Text fields of the multipart upload; the file itself is the part `file`. Tags: comma-separated, or the field repeated. */
export const uploadFieldsSchema = z.object({
  lineage_uuid: avatarUuidSchema.optional(),
  name: avatarNameSchema.optional(),
  description: descriptionSchema.optional(),
  tags: tagsSchema.optional(),
  activate: flagSchema.default(true),
});
export type UploadFields = z.infer<typeof uploadFieldsSchema>;

const uploadHeaders = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() });

/** The operation's own uuid, made by the client: a repetition within 30 days changes nothing and answers the same. */
const operationHeaders = z.object({ 'idempotency-key': uuidSchema.optional() });

/** What the caller believes the fields to hold; compared as they are, so no rule of the fields applies. */
export const expectedFieldsSchema = z.object({
  name: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
});

export const avatarPatchSchema = z
  .object({
    name: avatarNameSchema.optional(),
    description: descriptionSchema.optional(),
    tags: tagsSchema.optional(),
    /** Absent: the last one to edit wins. A field that already holds the wanted value is no conflict. */
    expected: expectedFieldsSchema.optional(),
  })
  .refine(
    ({ name, description, tags }) => [name, description, tags].some((value) => value !== undefined),
    'must change at least one field',
  );
export type AvatarPatch = z.infer<typeof avatarPatchSchema>;

export const deleteScopes = ['version', 'avatar'] as const;
const deleteQuery = z.object({ scope: z.enum(deleteScopes).default('version') });

/** What went to the trash: restore these to undo. */
export const deleteResponseSchema = z.object({
  deleted_avatar_uuids: z.array(versionUuidSchema),
  /** The one of them that was active until now. */
  was_active_uuid: versionUuidSchema.nullable(),
});

export const uploadReceiptSchema = z.object({
  received_bytes: z.int(),
  state: z.enum(['receiving', 'checking', 'stored', 'refused']),
});

/** The four avatar routes of the plan for one audience, `customer` or `admin`. */
function planRoutes<const Audience extends 'customer' | 'admin'>(audience: Audience) {
  const access = audience === 'admin' ? 'admin' : 'signed-in';
  const tag = 'avatars' as const;
  return {
    upload: defineRoute({
      method: 'POST',
      path: `/api/${audience}/projects/:project_uuid/avatars`,
      access,
      tag,
      summary: 'Upload a .gab file as a new avatar, or as a new version of the avatar `lineage_uuid`',
      params: projectParams,
      headers: uploadHeaders,
      multipart: uploadFieldsSchema,
      response: avatarUploadResponseSchema,
      successStatus: 201,
    }),
    list: defineRoute({
      method: 'GET',
      path: `/api/${audience}/projects/:project_uuid/avatars`,
      access,
      tag,
      summary: 'List the versions of all avatars of a project',
      params: projectParams,
      query: listQuery,
      response: avatarListSchema,
      successStatus: 200,
    }),
    remove: defineRoute({
      method: 'DELETE',
      path: `/api/${audience}/avatars/:avatar_uuid`,
      access,
      tag,
      summary: 'Move a version, or with `scope=avatar` all versions of its avatar, to the trash',
      params: avatarParams,
      headers: operationHeaders,
      query: deleteQuery,
      response: deleteResponseSchema,
      successStatus: 200,
    }),
    download: defineRoute({
      method: 'GET',
      path: `/api/${audience}/avatars/:avatar_uuid/download`,
      access,
      tag,
      summary: 'Download the stored file under its original name (Range and If-None-Match are understood)',
      params: avatarParams,
      response: 'binary',
      successStatus: 200,
    }),
  };
}

export const customerAvatarRoutes = planRoutes('customer');
export const adminAvatarRoutes = planRoutes('admin');

export const getAvatar = defineRoute({
  method: 'GET',
  path: '/api/customer/avatars/:avatar_uuid',
  access: 'signed-in',
  tag: 'avatars',
  summary: 'One version',
  params: avatarParams,
  response: avatarResponseSchema,
  successStatus: 200,
});

export const patchAvatar = defineRoute({
  method: 'PATCH',
  path: '/api/customer/avatars/:avatar_uuid',
  access: 'signed-in',
  tag: 'avatars',
  summary: 'Edit the avatar’s name and tags, or this version’s description, if they hold what is `expected` (else 409)',
  params: avatarParams,
  headers: operationHeaders,
  body: avatarPatchSchema,
  response: avatarResponseSchema,
  successStatus: 200,
});

export const restoreAvatar = defineRoute({
  method: 'POST',
  path: '/api/customer/avatars/:avatar_uuid/restore',
  access: 'signed-in',
  tag: 'avatars',
  summary: 'Take a version back from the trash; it is not made active',
  params: avatarParams,
  headers: operationHeaders,
  response: avatarResponseSchema,
  successStatus: 200,
});

export const avatarThumbnail = defineRoute({
  method: 'GET',
  path: '/api/customer/avatars/:avatar_uuid/thumbnail',
  access: 'signed-in',
  tag: 'avatars',
  summary: 'The re-encoded thumbnail, image/webp',
  params: avatarParams,
  response: 'binary',
  successStatus: 200,
});

/** What a version is without its bytes; null where the file is no bundle. */
export const avatarSummaryResponseSchema = z.object({ summary: bundleSummarySchema.nullable() });

export const avatarSummary = defineRoute({
  method: 'GET',
  path: '/api/customer/avatars/:avatar_uuid/summary',
  access: 'signed-in',
  tag: 'avatars',
  summary: 'What a version holds, for comparing it with another: it never changes (If-None-Match is understood)',
  params: avatarParams,
  response: avatarSummaryResponseSchema,
  successStatus: 200,
});

export const setActiveAvatar = defineRoute({
  method: 'PUT',
  path: '/api/customer/projects/:project_uuid/active-avatar',
  access: 'signed-in',
  tag: 'avatars',
  summary: 'Make a version active, or none, if the active one is the expected or the wanted one (else 409)',
  params: projectParams,
  headers: operationHeaders,
  body: z.object({ avatar_uuid: versionUuidSchema.nullable(), expected_active_uuid: versionUuidSchema.nullable() }),
  response: activeStateSchema,
  successStatus: 200,
});

export const uploadReceipt = defineRoute({
  method: 'GET',
  path: '/api/customer/uploads/:idempotency_key',
  access: 'signed-in',
  tag: 'avatars',
  summary: 'How many bytes of the caller’s running upload with this Idempotency-Key the server has',
  params: z.object({ idempotency_key: z.string().min(8).max(200) }),
  response: uploadReceiptSchema,
  successStatus: 200,
});
