import { and, eq } from 'drizzle-orm';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { ServiceContext } from '../../../context.ts';
import { devices } from '../../../db/schema/sign-in.ts';
import { users } from '../../../db/schema/users.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import { clientNetworkOf } from '../../../http/client-networks.ts';
import { hashToken } from '../tokens.ts';
import { forgetAttempts, returnAttempt, takeAttempt } from './account-attempts.ts';
import { countAddressAttempt } from './address-attempts.ts';

/** An attempt that counts as failed until one of these is called. */
export interface Attempt {
  /** It succeeded: earlier failed attempts are forgotten, too. */
  succeed(): Promise<void>;
  /** It neither failed nor succeeded, and does not count. */
  takeBack(): Promise<void>;
}

export interface SignInAttempt {
  /** In lower case. */
  readonly email: string;
  readonly deviceToken: string | null;
  /** Of the client, as far as it can be trusted. */
  readonly address: string;
}

/**
 * Counts an attempt to sign in. Threats: guessing one account's password, trying one password on
 * every account, and keeping an owner out by failing on purpose. Against the last, a device that
 * has signed in to the account before is counted separately, wherever it is. Failure:
 * `too_many_requests`.
 */
export async function beginSignIn(
  context: ServiceContext,
  { email, deviceToken, address }: SignInAttempt,
): ServiceResult<Attempt> {
  const deviceId = deviceToken === null ? null : await findDevice(context, email, deviceToken);
  if (deviceId !== null) return begin(context, `sign-in to ${email} on device ${deviceId}`);
  const seconds = await countAddressAttempt(context, clientNetworkOf(address));
  return seconds === null ? begin(context, `sign-in to ${email}`) : fail(tooManyAttempts(seconds));
}

/**
 * Counts an attempt that names no account: one with an identity provider. Nobody can guess its
 * codes; the limit keeps others from flooding the provider through us. Failure: `too_many_requests`.
 */
export async function countProviderSignIn(context: ServiceContext, address: string): ServiceResult<null> {
  const seconds = await countAddressAttempt(context, clientNetworkOf(address));
  return seconds === null ? ok(null) : fail(tooManyAttempts(seconds));
}

/**
 * Counts an attempt to confirm something with a password or a code while signed in. They are counted
 * separately, so that a known password does not reset the counter of codes. Failure:
 * `too_many_requests`.
 */
export const beginConfirmation = (
  context: ServiceContext,
  userId: number,
  proof: 'password' | 'code',
): ServiceResult<Attempt> => begin(context, `${proof} of user ${userId}`);

async function begin(context: ServiceContext, key: string): ServiceResult<Attempt> {
  const taken = await takeAttempt(context, key);
  if (!taken.ok) return fail(tooManyAttempts(taken.failure));
  return ok({ succeed: () => forgetAttempts(context, key), takeBack: () => returnAttempt(context, key) });
}

async function findDevice({ db }: ServiceContext, email: string, deviceToken: string): Promise<number | null> {
  const [device] = await db
    .select({ id: devices.id })
    .from(devices)
    .innerJoin(users, eq(users.id, devices.userId))
    .where(and(eq(users.email, email), eq(devices.tokenHash, hashToken(deviceToken))));
  return device?.id ?? null;
}

function tooManyAttempts(retryAfterSeconds: number): ServiceFailure {
  const detail = `Too many failed attempts. Try again in ${retryAfterSeconds} s.`;
  return { code: 'too_many_requests', detail, retryAfterSeconds };
}
