import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';

/** Forms are read as streams, part by part, under the limits that their route gives. */
export async function registerFormUploads(app: FastifyInstance): Promise<void> {
  await app.register(multipart);
}
