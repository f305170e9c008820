import { hostname } from 'node:os';
import type { ApiClient } from '../../node/api-client/api-client.ts';
import { type ApiFailure, toFailure } from '../../node/api-client/api-failure.ts';
import { createSession, MAX_DEVICE_NAME_CHARS } from '../../shared/api/auth.ts';
import type { RouteResponse } from '../../shared/api/define-route.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { serverOriginFrom } from '../failures/address-failure.ts';
import type { SecretStore } from '../platform/secret-store.ts';
import { accountInfoFrom } from './account-info.ts';
import { anonymousClient, type ConnectionParts, fetchServerInfo } from './probe.ts';
import type { AccountInfo } from './settings.ts';
import { readDeviceToken } from './stored-secrets.ts';

export interface Credentials {
  readonly serverUrl: string;
  readonly email: string;
  readonly password: string;
  /** Of the second factor, if the account has one. */
  readonly code?: string | undefined;
}

/** What the server gives to somebody who signs in. */
export interface NewSignIn {
  readonly account: AccountInfo;
  readonly token: string;
  readonly deviceToken: string;
}

export interface SignInParts extends ConnectionParts {
  readonly secrets: SecretStore;
}

/** Signs in on the server. Failures: those of the address, the connection and `createSession`. */
export function requestSignIn(
  { serverUrl, email, password, code }: Credentials,
  parts: SignInParts,
): Promise<Result<NewSignIn, Failure>> {
  const place = { serverUrl, email: email.trim() };
  const body = { email, password, ...(code !== undefined && { code }) };
  return signInAt(place, parts, (api, device) => api.call(createSession, { body: { ...body, ...device } }));
}

/** How this machine describes itself to the server. */
interface DeviceFields {
  readonly device_name: string;
  readonly device_token?: string;
}

type SessionRequest = (
  api: ApiClient,
  device: DeviceFields,
) => Promise<Result<RouteResponse<typeof createSession>, ApiFailure>>;

/**
 * Signs in with any request that returns a session. `email`: whose device this is thought to be;
 * null if nobody has signed in here. Failures: those of the address, the connection and `request`.
 */
export async function signInAt(
  { serverUrl, email }: { readonly serverUrl: string; readonly email: string | null },
  parts: SignInParts,
  request: SessionRequest,
): Promise<Result<NewSignIn, Failure>> {
  const origin = serverOriginFrom(serverUrl);
  if (!origin.ok) return origin;
  const anonymous = anonymousClient(origin.value, parts);
  const info = await fetchServerInfo(anonymous);
  if (!info.ok) return info;
  const deviceToken = email === null ? null : await readDeviceToken(parts.secrets, { serverUrl: origin.value, email });
  const device = { device_name: deviceName(), ...(deviceToken !== null && { device_token: deviceToken }) };
  const result = await request(anonymous, device);
  if (!result.ok) return fail(toFailure(result.failure));
  const { user, token, device_token } = result.value;
  return ok({ account: accountInfoFrom(origin.value, user, info.value.gab_policy), token, deviceToken: device_token });
}

/** By which people recognize this machine in the list of their sessions. */
function deviceName(): string {
  return hostname().trim().slice(0, MAX_DEVICE_NAME_CHARS);
}
