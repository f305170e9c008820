import { eq } from 'drizzle-orm';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { ServiceContext } from '../../../context.ts';
import { users } from '../../../db/schema/users.ts';
import { inTransaction } from '../../../db/transactions.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import type { Device } from '../devices.ts';
import { PASSWORDS_OFF, verifyPassword } from '../passwords.ts';
import { acceptCode, hasSecondFactor, WRONG_CODE } from '../second-factor/accept-code.ts';
import { openSession, recordRefusedSignIn, type SignedIn } from '../sessions.ts';
import { normalizeEmail } from '../users.ts';
import { beginSignIn } from './attempts.ts';

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** Of the second factor, or a recovery code; null if the user has not been asked for one. */
  readonly code: string | null;
  readonly device: Device;
  /** Of the client, as far as it can be trusted. */
  readonly address: string;
}

const INVALID_CREDENTIALS: ServiceFailure = {
  code: 'invalid_credentials',
  detail: 'The e-mail address or the password is wrong.',
};

const ACCOUNT_DISABLED: ServiceFailure = { code: 'account_disabled', detail: 'This account has been disabled.' };

const DEMO_ONLY: ServiceFailure = {
  code: 'demo_only',
  detail: 'This is a demo account, and the server does not run as a demo.',
};

const SECOND_FACTOR_REQUIRED: ServiceFailure = {
  code: 'second_factor_required',
  detail: 'The account has a second factor.',
};

/**
 * Exchanges an e-mail address and a password for a session token, which is returned only here.
 * Wrong passwords, wrong codes and refused accounts are recorded. Failures: `passwords_off`,
 * `too_many_requests`, `invalid_credentials`, `account_disabled`, `demo_only`,
 * `second_factor_required` (the password is right, and does not count as an attempt), `wrong_code`.
 */
export async function signIn(context: ServiceContext, request: SignInRequest): ServiceResult<SignedIn> {
  if (!context.allowsPasswords) return fail(PASSWORDS_OFF);
  const email = normalizeEmail(request.email);
  const { code, device, address } = request;
  const attempt = await beginSignIn(context, { email, deviceToken: device.token, address });
  if (!attempt.ok) return attempt;
  const account = await checkCredentials(context, email, request.password);
  if (!account.ok) return refuse(context, email, account.failure);
  const userId = account.value;
  const needsCode = await hasSecondFactor(context.db, userId);
  if (needsCode && code === null) {
    await attempt.value.takeBack();
    return fail(SECOND_FACTOR_REQUIRED);
  }
  const signedIn = await inTransaction(context.db, async (tx) => {
    if (needsCode && !(await acceptCode(tx, { id: userId, email }, code ?? ''))) return fail(WRONG_CODE);
    return ok(await openSession(context, tx, { userId, device }));
  });
  if (!signedIn.ok) return refuse(context, email, signedIn.failure);
  await attempt.value.succeed();
  return signedIn;
}

/** Returns the user's ID. Only somebody who knows the password learns more about the account. */
async function checkCredentials(context: ServiceContext, email: string, password: string): ServiceResult<number> {
  const [account] = await context.db
    .select({ id: users.id, passwordHash: users.passwordHash, disabledAt: users.disabledAt, isDemo: users.isDemo })
    .from(users)
    .where(eq(users.email, email));
  const matches = await verifyPassword(account?.passwordHash ?? null, password);
  if (!account || !matches) return fail(INVALID_CREDENTIALS);
  if (account.disabledAt !== null) return fail(ACCOUNT_DISABLED);
  if (account.isDemo && !context.isDemo) return fail(DEMO_ONLY);
  return ok(account.id);
}

async function refuse(context: ServiceContext, email: string, failure: ServiceFailure): ServiceResult<never> {
  await recordRefusedSignIn(context, email, failure.code);
  return fail(failure);
}
