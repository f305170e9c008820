import type { FastifyRequest } from 'fastify';
import type { IssuedLink } from '../../../../shared/api/people.ts';
import type { ServiceContext } from '../../../context.ts';
import { type CreatedLink, linkPath } from './issue-link.ts';
import { serverUrlOf } from './link-url.ts';

export interface LinkDelivery extends CreatedLink {
  readonly kind: 'invitation' | 'reset';
  /** Whom the link is for. */
  readonly email: string;
}

/** The link as the API returns it, to be passed on by the caller. Call it after the commit. */
export async function deliverLink(
  context: ServiceContext,
  request: FastifyRequest,
  { kind, token, expiresAt }: LinkDelivery,
): Promise<IssuedLink> {
  const url = `${serverUrlOf(context, request)}${linkPath(kind, token)}`;
  return { url, expires_at: expiresAt.toISOString(), was_mailed: false };
}
