import { type AccessAction, accessActions } from './access-policy.ts';

/**
 * What a personal access token starts with. Scanners for secrets look for it, followed by 43
 * characters of base64url: `gabinet_pat_[A-Za-z0-9_-]{43}`.
 */
export const TOKEN_PREFIX = 'gabinet_pat_';

/** A quarter: long enough for a project, short enough that forgotten tokens end. */
export const DEFAULT_TOKEN_DAYS = 90;
/** Nobody remembers after a year where a token is used. */
export const MAX_TOKEN_DAYS = 365;
/** Of one person, expired ones not counted. More come from a program that makes them. */
export const MAX_TOKENS = 50;
export const MAX_TOKEN_NAME_CHARS = 80;

export const tokenScopes = ['read', 'upload', 'activate', 'admin'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/**
 * What each scope allows, if the role of the owner allows it, too. No scope allows `manage-people`:
 * with it a token could set passwords and remove second factors, its owner's included.
 */
export const scopeActions: Readonly<Record<TokenScope, readonly AccessAction[]>> = {
  read: ['read'],
  upload: ['read', 'upload', 'edit'],
  activate: ['read', 'activate'],
  admin: accessActions.filter((action) => action !== 'manage-people'),
};

/** What a token with these scopes may do at most, in the order of the policy. */
export function actionsOfScopes(scopes: readonly TokenScope[]): readonly AccessAction[] {
  return accessActions.filter((action) => scopes.some((scope) => scopeActions[scope].includes(action)));
}

/** The scopes of which a token needs one for the action; none if no token may do it. */
export function scopesAllowing(action: AccessAction | null): readonly TokenScope[] {
  return action === null ? [] : tokenScopes.filter((scope) => scopeActions[scope].includes(action));
}
