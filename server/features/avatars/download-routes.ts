import type { Readable } from 'node:stream';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { apiRoutes } from '../../../shared/api/routes.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { ByteRange } from '../../blobs/blob-store.ts';
import type { ServiceContext } from '../../context.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';
import { matchesEtag, parseRange } from '../../http/byte-range.ts';
import type { ApiHandlers, BinaryResponse, InputFor } from '../../http/handler.ts';
import { findBundle, findThumbnail, type StoredFile } from './downloads.ts';

type DownloadHandlers = Pick<ApiHandlers, 'downloadAvatar' | 'adminDownloadAvatar' | 'avatarThumbnail'>;

/**
 * A thumbnail's URL with `?v=` contains its hash, so a client that has it never needs to request it
 * again.
 */
const IMMUTABLE = 'private, max-age=31536000, immutable';
const REVALIDATE = 'private, no-cache';

export function downloadHandlers(context: ServiceContext): DownloadHandlers {
  const download = async (input: InputFor<typeof apiRoutes.downloadAvatar>) => {
    const { caller, params, query, request, reply } = input;
    const found = await findBundle(context, caller, { ...query, uuid: params.avatar_uuid });
    return found.ok ? sendBundle(found.value, request, reply) : found;
  };
  return {
    downloadAvatar: download,
    adminDownloadAvatar: download,
    async avatarThumbnail({ caller, params, query, request }) {
      const wanted = { uuid: params.avatar_uuid, trashed: query.trashed };
      const found = await findThumbnail(context, caller, wanted);
      return found.ok ? ok(await sendThumbnail(found.value, request, query.v)) : found;
    },
  };
}

async function sendBundle(
  file: StoredFile,
  request: FastifyRequest,
  reply: FastifyReply,
): ServiceResult<BinaryResponse> {
  const etag = `"${file.sha256}"`;
  const shared = { etag, 'accept-ranges': 'bytes', 'cache-control': REVALIDATE };
  if (matchesEtag(request.headers['if-none-match'], etag)) return ok({ status: 304, headers: shared, body: null });
  const range = parseRange(usableRange(request, etag), file.sizeBytes);
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${file.sizeBytes}`);
    return fail({ code: 'range_not_satisfiable', detail: `The file has ${file.sizeBytes} bytes.` });
  }
  const body = await openRecorded(file, range);
  const headers = {
    ...shared,
    'content-type': 'application/octet-stream',
    'content-disposition': contentDisposition(file.fileName),
    'content-length': String(range ? range.last - range.first + 1 : file.sizeBytes),
  };
  if (range === null) return ok({ status: 200, headers, body });
  const contentRange = `bytes ${range.first}-${range.last}/${file.sizeBytes}`;
  return ok({ status: 206, headers: { ...headers, 'content-range': contentRange }, body });
}

/** The bytes, once the audit trail says who gets them. Without the entry nobody does. */
async function openRecorded(file: StoredFile, range: ByteRange | null): Promise<Readable> {
  const body = await file.read(range ?? undefined);
  try {
    await file.recordRead(range === null ? 'whole' : 'range');
    return body;
  } catch (error) {
    body.destroy();
    throw error;
  }
}

/**
 * If `If-Range` has another tag, the client's part belongs to another file, so it gets the whole
 * file.
 */
function usableRange(request: FastifyRequest, etag: string): string | undefined {
  const condition = request.headers['if-range'];
  return condition === undefined || condition === etag ? request.headers.range : undefined;
}

async function sendThumbnail(
  file: Pick<StoredFile, 'sha256' | 'sizeBytes' | 'read'>,
  request: FastifyRequest,
  version: string | undefined,
): Promise<BinaryResponse> {
  const etag = `"${file.sha256}"`;
  const isCurrent = version !== undefined && version !== '' && file.sha256.startsWith(version);
  const headers = { etag, 'cache-control': isCurrent ? IMMUTABLE : REVALIDATE };
  if (matchesEtag(request.headers['if-none-match'], etag)) return { status: 304, headers, body: null };
  return {
    status: 200,
    headers: { ...headers, 'content-type': 'image/webp', 'content-length': String(file.sizeBytes) },
    body: await file.read(),
  };
}
