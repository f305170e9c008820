import type { FastifyRequest } from 'fastify';
import type { IssuedLink } from '../../../../shared/api/people.ts';
import type { ServiceContext } from '../../../context.ts';
import { type CreatedLink, linkPath } from './issue-link.ts';
import { serverUrlOf } from './link-url.ts';
import { linkMail } from './mail-texts.en.ts';

export interface LinkDelivery extends CreatedLink {
  readonly kind: 'invitation' | 'reset';
  /** Whom the link is for. */
  readonly email: string;
  /** Who asked for it. */
  readonly actor: string;
}

/**
 * Mails the link, if the server has a mail server. Returns it as the API does, to be passed on by
 * the caller in any case. Call it after the commit: a mail cannot be taken back.
 */
export async function deliverLink(
  context: ServiceContext,
  request: FastifyRequest,
  { token, ...link }: LinkDelivery,
): Promise<IssuedLink> {
  const url = `${serverUrlOf(context, request)}${linkPath(link.kind, token)}`;
  const wasMailed = (await context.mailer?.send(linkMail({ ...link, url }))) ?? false;
  return { url, expires_at: link.expiresAt.toISOString(), was_mailed: wasMailed };
}
