import { toFailure } from '../../node/api-client/api-failure.ts';
import { getLink, useLink } from '../../shared/api/account-links.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { AccountLink, AccountLinkForm } from '../../shared/contract/session.ts';
import { parseAccountLink } from '../../shared/domain/account-link.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { serverOriginFrom } from '../failures/address-failure.ts';
import { anonymousClient, type ConnectionParts } from './probe.ts';
import { type NewSignIn, requestSignIn, type SignInParts } from './sign-in.ts';

/**
 * What a pasted link is for. It is looked up on the server that it names, or on `serverUrl` if only
 * its token was pasted. Failures: `not_a_link`, `link_invalid`, those of the address and the
 * connection.
 */
export async function readAccountLink(
  { serverUrl, link }: { readonly serverUrl: string; readonly link: string },
  parts: ConnectionParts,
): Promise<Result<AccountLink, Failure>> {
  const pasted = parseAccountLink(link);
  if (pasted === null) return fail({ code: 'not_a_link' });
  const origin = serverOriginFrom(pasted.server ?? serverUrl);
  if (!origin.ok) return origin;
  const { token } = pasted;
  const result = await anonymousClient(origin.value, parts).call(getLink, { params: { link_token: token } });
  if (!result.ok) return fail(toFailure(result.failure));
  const { kind, email, name } = result.value;
  return ok({ serverUrl: origin.value, token, kind, email, name });
}

/**
 * Sets the password of the link's account, then signs in with it. The link is used up even if
 * signing in fails. Failures: `link_invalid`, `weak_password`, `invalid_request`, those of signing
 * in.
 */
export async function signInWithLink(
  { serverUrl, token, email, name, password }: AccountLinkForm,
  parts: SignInParts,
): Promise<Result<NewSignIn, Failure>> {
  const origin = serverOriginFrom(serverUrl);
  if (!origin.ok) return origin;
  const body = { password, ...(email !== undefined && { email }), ...(name !== undefined && { name }) };
  const api = anonymousClient(origin.value, parts);
  const used = await api.call(useLink, { params: { link_token: token }, body });
  if (!used.ok) return fail(toFailure(used.failure));
  return requestSignIn({ serverUrl: origin.value, email: used.value.email, password }, parts);
}
