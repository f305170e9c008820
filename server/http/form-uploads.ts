import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';

/** The field of a form that holds the uploaded file. */
export const FILE_FIELD = 'file';
export const BYTE_STREAM = 'application/octet-stream';

/**
 * Forms are read as streams, part by part, within the limits that their route sets. A stream of
 * plain bytes is read by its route.
 */
export async function registerFormUploads(app: FastifyInstance): Promise<void> {
  await app.register(multipart);
  app.addContentTypeParser(BYTE_STREAM, (_request, _payload, done) => done(null));
}
