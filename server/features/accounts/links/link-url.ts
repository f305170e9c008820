import type { FastifyRequest } from 'fastify';
import type { ServiceContext } from '../../../context.ts';

/**
 * Where people reach this server: as the setting says, or as this request reached it. No slash at
 * the end.
 */
export function serverUrlOf({ publicUrl }: ServiceContext, request: FastifyRequest): string {
  return publicUrl ?? `${request.protocol}://${request.host}`;
}
