import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { LinkKind } from '../../../../shared/domain/account-fields.ts';
import { DAY_MS, HOUR_MS } from '../../../../shared/lib/durations.ts';
import type { Transaction } from '../../../db/database.ts';
import { accountLinks } from '../../../db/schema/sign-in.ts';
import { type AuditEntry, recordAudit } from '../../../history/record-audit.ts';
import { createToken, hashToken } from '../tokens.ts';

/** How long each link works. The operator uses a setup link at once; people read their mail later. */
export const LINK_LIFETIMES_MS: Readonly<Record<LinkKind, number>> = {
  setup: HOUR_MS,
  invitation: 7 * DAY_MS,
  reset: DAY_MS,
};

export interface NewLink {
  readonly kind: LinkKind;
  /** Whose password it sets; null for the setup of a new server. */
  readonly user: { readonly id: number; readonly email: string } | null;
  /** Who asked for it; null for the server itself. */
  readonly actor: string | null;
}

export interface CreatedLink {
  /** Part of the link. Returned only here: the server keeps its hash. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** Creates a link and ends earlier ones of the same kind for the same user. */
export async function createLink(tx: Transaction, { kind, user, actor }: NewLink): Promise<CreatedLink> {
  const ofSameUser = user === null ? isNull(accountLinks.userId) : eq(accountLinks.userId, user.id);
  await endLinks(tx, and(eq(accountLinks.kind, kind), ofSameUser));
  const token = createToken();
  // The database's clock decides, so that server processes with different clocks agree.
  const expiresAt = sql<Date>`now() + ${LINK_LIFETIMES_MS[kind]} * interval '1 millisecond'`;
  const [link] = await tx
    .insert(accountLinks)
    .values({ kind, userId: user?.id ?? null, tokenHash: hashToken(token), expiresAt })
    .returning({ expiresAt: accountLinks.expiresAt });
  if (!link) throw new Error('The new link was not returned');
  const entry: AuditEntry = { action: 'link.issued', actor, details: { kind, ...(user && { email: user.email }) } };
  await recordAudit(tx, [entry]);
  return { token, expiresAt: link.expiresAt };
}

/** The path of a link on the server, which is a page. */
export const linkPath = (kind: LinkKind, token: string): string => `/${kind}/${token}`;

/** Links that still work. */
export const isUsable = () => and(isNull(accountLinks.usedAt), gt(accountLinks.expiresAt, sql`now()`));

/** Ends the links that the condition selects, as if they had expired. */
export async function endLinks(tx: Transaction, where: SQL | undefined): Promise<void> {
  await tx.update(accountLinks).set({ expiresAt: sql`now()` }).where(and(where, isUsable()));
}
