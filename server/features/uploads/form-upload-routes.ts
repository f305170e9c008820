import type { FastifyRequest } from 'fastify';
import type { apiRoutes } from '../../../shared/api/routes.ts';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import { KIB, MIB } from '../../../shared/lib/sizes.ts';
import type { ServiceContext } from '../../context.ts';
import type { ApiHandlers, InputFor } from '../../http/handler.ts';
import { idempotencyKeyOf, REPLAYED_HEADER } from '../../http/idempotency-key.ts';
import { goneSignal } from '../../http/queued.ts';
import { fileTooLarge } from './receive-file.ts';
import { readUploadProgress } from './sessions/upload-progress.ts';
import type { UploadPart } from './upload-parts.ts';
import { uploadVersion } from './upload-version.ts';

type UploadHandlers = Pick<ApiHandlers, 'uploadAvatar' | 'adminUploadAvatar' | 'uploadReceipt'>;

/** Generous room for boundaries, part headers and the text fields around the file. */
const MAX_FORM_OVERHEAD_BYTES = MIB;

const FORM_LIMITS = {
  // One byte more than a bundle may have is enough to know that it is too large.
  fileSize: MAX_BUNDLE_BYTES + 1,
  files: 2,
  fields: 40,
  fieldNameSize: 100,
  fieldSize: 64 * KIB,
  headerPairs: 50,
};

export function uploadHandlers(context: ServiceContext): UploadHandlers {
  const upload = async (input: InputFor<typeof apiRoutes.uploadAvatar>) => {
    const { caller, params, request, reply } = input;
    const leastBytes = Math.max(0, Number(request.headers['content-length'] ?? 0) - MAX_FORM_OVERHEAD_BYTES);
    if (leastBytes > MAX_BUNDLE_BYTES) return fail(fileTooLarge());
    const result = await uploadVersion(context, caller, {
      projectUuid: params.project_uuid,
      idempotencyKey: idempotencyKeyOf(request),
      parts: formParts(request),
      leastBytes,
      gone: goneSignal(reply),
    });
    if (!result.ok) return result;
    if (result.value.isReplay) reply.header(REPLAYED_HEADER, 'true');
    return ok(result.value.version);
  };
  return {
    uploadAvatar: upload,
    adminUploadAvatar: upload,
    uploadReceipt: ({ caller, params }) => readUploadProgress(context, caller, params.idempotency_key),
  };
}

async function* formParts(request: FastifyRequest): AsyncIterable<UploadPart> {
  for await (const part of request.parts({ limits: FORM_LIMITS })) {
    yield part.type === 'file'
      ? { kind: 'file', name: part.fieldname, fileName: part.filename ?? '', bytes: part.file }
      : { kind: 'field', name: part.fieldname, value: String(part.value) };
  }
}
