import { and, eq, isNull } from 'drizzle-orm';
import type { getLink } from '../../../../shared/api/account-links.ts';
import type { RouteResponse } from '../../../../shared/api/define-route.ts';
import type { LinkKind } from '../../../../shared/domain/account-fields.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { ServiceContext } from '../../../context.ts';
import type { Queryable } from '../../../db/database.ts';
import { accountLinks } from '../../../db/schema/sign-in.ts';
import { users } from '../../../db/schema/users.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import { isSetUp } from '../setup.ts';
import { hashToken } from '../tokens.ts';
import { isUsable } from './issue-link.ts';

export interface UsableLink {
  readonly id: number;
  readonly kind: LinkKind;
  readonly expiresAt: Date;
  /** Null for the setup of a new server. */
  readonly user: { readonly id: number; readonly email: string; readonly name: string } | null;
}

/** The same for unknown, expired and used links: nobody learns which links there were. */
export const LINK_INVALID: ServiceFailure = {
  code: 'link_invalid',
  detail: 'This link does not work, or no longer.',
};

/**
 * The link with this token. Failure: `link_invalid`, also for a setup link once the server has an
 * administrator, for links of disabled people, and where passwords do not sign in.
 */
export async function findLink(context: ServiceContext, token: string): ServiceResult<UsableLink> {
  const link = await selectLink(context.db, token);
  if (link === null || !context.allowsPasswords) return fail(LINK_INVALID);
  if (link.kind === 'setup' && (await isSetUp(context))) return fail(LINK_INVALID);
  return ok(link);
}

async function selectLink(db: Queryable, token: string): Promise<UsableLink | null> {
  const [link] = await db
    .select({
      id: accountLinks.id,
      kind: accountLinks.kind,
      expiresAt: accountLinks.expiresAt,
      user: { id: users.id, email: users.email, name: users.name },
    })
    .from(accountLinks)
    .leftJoin(users, eq(users.id, accountLinks.userId))
    .where(and(eq(accountLinks.tokenHash, hashToken(token)), isUsable(), isNull(users.disabledAt)));
  return link ?? null;
}

/** What the link is for, as the API returns it. Failure: `link_invalid`. */
export async function describeLink(
  context: ServiceContext,
  token: string,
): ServiceResult<RouteResponse<typeof getLink>> {
  const found = await findLink(context, token);
  if (!found.ok) return found;
  const { kind, user, expiresAt } = found.value;
  return ok({ kind, email: user?.email ?? null, name: user?.name ?? null, expires_at: expiresAt.toISOString() });
}
