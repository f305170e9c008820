import type { AccessTokenView } from '../../../shared/contract/access-tokens.ts';
import {
  DEFAULT_TOKEN_DAYS,
  MAX_TOKEN_DAYS,
  type TokenScope,
  tokenScopes,
} from '../../../shared/domain/access-token.ts';
import { formatWhen } from '../../components/format-time.ts';
import { accessTokenTexts as texts } from './access-token-texts.en.ts';

/** What the form offers, in days. */
export const TOKEN_DAYS: readonly number[] = [7, 30, DEFAULT_TOKEN_DAYS, MAX_TOKEN_DAYS];

export const isExpired = ({ expiresAt }: AccessTokenView, now = new Date()): boolean =>
  Date.parse(expiresAt) <= now.getTime();

/** "Read and upload": what a token may be used for, in the order of the scopes. */
export function scopeList(scopes: readonly TokenScope[]): string {
  const names = tokenScopes.filter((scope) => scopes.includes(scope)).map((scope) => texts.scopes[scope].name);
  return new Intl.ListFormat('en-GB').format(names);
}

/** "Expires 12 Mar 2027. Last used Tue 14:02": enough to see whether a token is still needed. */
export function lifeOf(token: AccessTokenView, now = new Date()): string {
  const end = formatWhen(token.expiresAt, now);
  const use = token.lastUsedAt === null ? texts.neverUsed : texts.lastUsed(formatWhen(token.lastUsedAt, now));
  return `${isExpired(token, now) ? texts.expired(end) : texts.expires(end)}. ${use}`;
}

/** With one more scope, or one fewer. */
export function withScope(scopes: readonly TokenScope[], scope: TokenScope, isChosen: boolean): readonly TokenScope[] {
  return tokenScopes.filter((one) => (one === scope ? isChosen : scopes.includes(one)));
}
