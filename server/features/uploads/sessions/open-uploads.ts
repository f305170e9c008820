import type { z } from 'zod';
import type { openUploadSchema } from '../../../../shared/api/upload-sessions.ts';
import { decodeRecipe } from '../../../../shared/domain/recipe/recipe.ts';
import { streamBytesOf } from '../../../../shared/domain/recipe/transmission-plan.ts';
import { ok } from '../../../../shared/lib/result.ts';
import type { ServiceContext } from '../../../context.ts';
import type { ServiceResult } from '../../../failures/service-failure.ts';
import { expiryOf, listSessions } from './session-rows.ts';
import { countReceivedBytes } from './stream-file.ts';

type OpenUpload = z.infer<typeof openUploadSchema>;

/**
 * For administrators: one page of all open uploads with their progress, and how many there are in
 * total.
 */
export async function listOpenUploads(
  context: ServiceContext,
  page: { readonly limit: number; readonly offset: number },
): ServiceResult<{ readonly uploads: OpenUpload[]; readonly total: number }> {
  const { rows, total } = await listSessions(context, page);
  const uploads = await Promise.all(rows.map((row) => describeRow(context, row)));
  return ok({ uploads, total });
}

type Row = Awaited<ReturnType<typeof listSessions>>['rows'][number];

async function describeRow(context: ServiceContext, row: Row): Promise<OpenUpload> {
  const { session } = row;
  const recipe = decodeRecipe(session.recipe, session.fileSize);
  return {
    upload_uuid: session.uuid,
    project_uuid: row.projectUuid,
    customer_uuid: row.customerUuid,
    user_email: row.userEmail,
    original_filename: session.originalFilename,
    file_size: session.fileSize,
    plan: session.plan.kind,
    stream_bytes: recipe.ok ? streamBytesOf(recipe.value, session.plan) : session.fileSize,
    received_bytes: await countReceivedBytes(context, session.uuid),
    created_at: session.createdAt.toISOString(),
    expires_at: expiryOf(context, session.touchedAt).toISOString(),
  };
}
