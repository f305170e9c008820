import { z } from 'zod';
import { avatarNameSchema, descriptionSchema, tagsSchema } from '../domain/avatar-fields.ts';
import { avatarUuidSchema, uuidSchema } from '../domain/ids.ts';
import { MAX_BUNDLE_BYTES } from '../domain/limits.ts';
import { chunkListTextSchema } from '../domain/recipe/chunk-list.ts';
import { MAX_PIECES } from '../domain/recipe/file-layout.ts';
import { recipeTextSchema } from '../domain/recipe/recipe.ts';
import { sha256Schema } from '../gab/sha256-schema.ts';
import { avatarResponseSchema, avatarUploadResponseSchema } from './avatars.ts';
import { defineRoute } from './define-route.ts';
import { pagingQuerySchema } from './paging.ts';

const sessionParams = z.object({ upload_uuid: uuidSchema });
const tag = 'uploads' as const;

/** What is to be uploaded. `upload_uuid` is made by the client and is the upload's idempotency key, too. */
export const uploadAnnouncementSchema = z.object({
  upload_uuid: uuidSchema,
  original_filename: z.string().min(1).max(1000),
  file_size: z.int().min(1).max(MAX_BUNDLE_BYTES),
  sha256: sha256Schema,
  lineage_uuid: avatarUuidSchema.optional(),
  name: avatarNameSchema.optional(),
  description: descriptionSchema.optional(),
  tags: tagsSchema.optional(),
  activate: z.boolean().default(true),
  recipe: recipeTextSchema,
});
export type UploadAnnouncement = z.infer<typeof uploadAnnouncementSchema>;

/** `[first piece, how many]`, in file order. */
const pieceRunSchema = z.tuple([z.int().min(0), z.int().min(1)]);

const streamFields = {
  /** Bytes that the server lacks, and how many of them it has by now. */
  stream_bytes: z.int(),
  received_bytes: z.int(),
  expires_at: z.iso.datetime(),
};

/** What the server asks for next. */
export const uploadPlanSchema = z.discriminatedUnion('kind', [
  /** This upload is done; its answer. */
  z.object({ kind: z.literal('stored'), avatar: avatarUploadResponseSchema }),
  /** The project has these very bytes; nothing is to be sent. */
  z.object({ kind: z.literal('duplicate'), avatar: avatarResponseSchema }),
  /** The stream is the whole file. */
  z.object({ kind: z.literal('whole'), ...streamFields }),
  /** The stream is these pieces, one after the other. `chunks`: of a piece that was cut, only these parts of it. */
  z.object({
    kind: z.literal('pieces'),
    ...streamFields,
    pieces: z.array(pieceRunSchema),
    chunks: z.array(z.object({ piece: z.int(), missing: z.array(pieceRunSchema) })),
  }),
  /** Cut these pieces and say what they are made of. */
  z.object({ kind: z.literal('chunks'), pieces: z.array(z.int()).min(1), expires_at: z.iso.datetime() }),
]);
export type UploadPlan = z.infer<typeof uploadPlanSchema>;

export const openUpload = defineRoute({
  method: 'POST',
  path: '/api/customer/projects/:project_uuid/uploads',
  access: 'signed-in',
  tag,
  summary: 'Announce a file by its recipe, or ask again how an announced one stands; answers what the server lacks',
  params: z.object({ project_uuid: uuidSchema }),
  body: uploadAnnouncementSchema,
  response: uploadPlanSchema,
  successStatus: 200,
});

export const describeChunks = defineRoute({
  method: 'POST',
  path: '/api/customer/uploads/:upload_uuid/chunks',
  access: 'signed-in',
  tag,
  summary: 'Say what the pieces are made of that the plan asked about',
  params: sessionParams,
  body: z.object({
    pieces: z
      .array(z.object({ piece: z.int().min(0).max(MAX_PIECES), chunks: chunkListTextSchema }))
      .min(1)
      .max(MAX_PIECES),
  }),
  response: uploadPlanSchema,
  successStatus: 200,
});

export const streamReceiptSchema = z.object({ received_bytes: z.int(), stream_bytes: z.int() });

export const sendStream = defineRoute({
  method: 'PUT',
  path: '/api/customer/uploads/:upload_uuid/stream',
  access: 'signed-in',
  tag,
  summary: 'Bytes of the stream from position `from` on (application/octet-stream); what came before a cut is kept',
  params: sessionParams,
  query: z.object({ from: z.coerce.number().int().min(0).default(0) }),
  isByteStream: true,
  response: streamReceiptSchema,
  successStatus: 200,
});

export const completeUpload = defineRoute({
  method: 'POST',
  path: '/api/customer/uploads/:upload_uuid/complete',
  access: 'signed-in',
  tag,
  summary: 'Rebuild, verify, validate and store the file; a repetition answers the same',
  params: sessionParams,
  response: avatarUploadResponseSchema,
  successStatus: 201,
});

export const abandonUpload = defineRoute({
  method: 'DELETE',
  path: '/api/customer/uploads/:upload_uuid',
  access: 'signed-in',
  tag,
  summary: 'Forget an upload and what was sent of it',
  params: sessionParams,
  response: null,
  successStatus: 204,
});

export const openUploadSchema = z.object({
  upload_uuid: uuidSchema,
  project_uuid: uuidSchema,
  customer_uuid: uuidSchema,
  user_email: z.string(),
  original_filename: z.string(),
  file_size: z.int(),
  plan: z.enum(['whole', 'pieces', 'chunks']),
  ...streamFields,
  created_at: z.iso.datetime(),
});

export const listOpenUploads = defineRoute({
  method: 'GET',
  path: '/api/admin/uploads',
  access: 'admin',
  tag,
  summary: 'Uploads that were begun and neither completed nor expired, newest first',
  query: pagingQuerySchema,
  response: z.object({ uploads: z.array(openUploadSchema), total: z.int() }),
  successStatus: 200,
});
