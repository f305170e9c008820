import { and, eq, sql } from 'drizzle-orm';
import type { useLink } from '../../../../shared/api/account-links.ts';
import type { RouteBody } from '../../../../shared/api/define-route.ts';
import { type FieldRule, fieldPlace } from '../../../../shared/domain/field-rules.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { ServiceContext } from '../../../context.ts';
import type { Transaction } from '../../../db/database.ts';
import { accountLinks, sessions } from '../../../db/schema/sign-in.ts';
import { users } from '../../../db/schema/users.ts';
import { inTransaction } from '../../../db/transactions.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import { recordAudit } from '../../../history/record-audit.ts';
import { revokeTokens } from '../access-tokens/revoke-tokens.ts';
import { endSessions } from '../own-sessions.ts';
import { checkNewPassword } from '../password-policy.ts';
import { hashPassword } from '../passwords.ts';
import { hasAdmin, lockSetup } from '../setup.ts';
import { findLink, LINK_INVALID, type UsableLink } from './find-link.ts';
import { endLinks, isUsable } from './issue-link.ts';

type LinkForm = RouteBody<typeof useLink>;
type LinkUser = NonNullable<UsableLink['user']>;

/**
 * Uses a link: a setup link creates the first administrator, the others set the password of their
 * account; a reset also ends all its sessions and access tokens. Returns the e-mail address to sign
 * in with. Failures: `link_invalid`, `weak_password`, `invalid_request` (a setup without a new
 * e-mail address or without a name).
 */
export async function redeemLink(
  context: ServiceContext,
  token: string,
  form: LinkForm,
): ServiceResult<{ email: string }> {
  const found = await findLink(context, token);
  if (!found.ok) return found;
  const link = found.value;
  const email = link.user?.email ?? form.email;
  if (email === undefined) return fail(MISSING_EMAIL);
  const weakness = await checkNewPassword(form.password, email);
  if (weakness) return fail(weakness);
  const passwordHash = await hashPassword(form.password);
  return inTransaction(context.db, async (tx) => {
    if (!(await takeLink(tx, link.id))) return fail(LINK_INVALID);
    const done = link.user
      ? await setPassword(tx, link.user, { kind: link.kind, name: form.name, passwordHash })
      : await createFirstAdmin(tx, { email, name: form.name, passwordHash });
    if (!done.ok) return done;
    await recordAudit(tx, [{ action: 'link.used', actor: email, details: { kind: link.kind, email } }]);
    return ok({ email });
  });
}

/** Of several requests with one link, only one gets true; the others wait for it first. */
async function takeLink(tx: Transaction, id: number): Promise<boolean> {
  const taken = await tx
    .update(accountLinks)
    .set({ usedAt: sql`now()` })
    .where(and(eq(accountLinks.id, id), isUsable()))
    .returning({ id: accountLinks.id });
  return taken.length > 0;
}

interface NewAccess {
  readonly kind: UsableLink['kind'];
  readonly name: string | undefined;
  readonly passwordHash: string;
}

async function setPassword(
  tx: Transaction,
  user: LinkUser,
  { kind, name, passwordHash }: NewAccess,
): ServiceResult<null> {
  const isRenamed = kind === 'invitation' && name !== undefined && name !== user.name;
  await tx
    .update(users)
    .set({ passwordHash, ...(isRenamed && { name }) })
    .where(eq(users.id, user.id));
  // An older link must not replace the password that was set just now.
  await endLinks(tx, eq(accountLinks.userId, user.id));
  if (kind === 'reset') {
    await endSessions(tx, eq(sessions.userId, user.id));
    await revokeTokens(tx, { userId: user.id });
  }
  if (isRenamed) {
    const details = { from: user.name, to: name };
    await recordAudit(tx, [{ action: 'account.renamed', actor: user.email, details }]);
  }
  return ok(null);
}

interface FirstAdmin {
  readonly email: string;
  readonly name: string | undefined;
  readonly passwordHash: string;
}

async function createFirstAdmin(tx: Transaction, { email, name, passwordHash }: FirstAdmin): ServiceResult<null> {
  if (name === undefined) return fail(MISSING_NAME);
  await lockSetup(tx);
  if (await hasAdmin(tx)) return fail(LINK_INVALID);
  const [created] = await tx
    .insert(users)
    .values({ email, name, passwordHash, isAdmin: true })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (!created) return fail(EMAIL_TAKEN);
  const details = { email, name };
  await recordAudit(tx, [
    { action: 'account.created', actor: email, details },
    { action: 'account.admin_granted', actor: email, details },
  ]);
  return ok(null);
}

const invalid = (field: string, rule: FieldRule, message: string): ServiceFailure => ({
  code: 'invalid_request',
  detail: 'The body is not valid.',
  errors: [{ where: fieldPlace('body', [field]), message, rule }],
});
const MISSING_EMAIL = invalid('email', 'empty', 'is needed to set up the server');
const MISSING_NAME = invalid('name', 'empty', 'is needed to set up the server');
const EMAIL_TAKEN = invalid('email', 'taken', 'already belongs to another account');
