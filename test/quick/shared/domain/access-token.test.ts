import { expect, test } from 'vitest';
import { accessActions, decideAccess, decideOnPerson } from '../../../../shared/domain/access-policy.ts';
import { actionsOfScopes, scopeActions, scopesAllowing, tokenScopes } from '../../../../shared/domain/access-token.ts';

const place = { customer: 1, project: 10 };
const designer = { isAdmin: false, memberships: [{ customer: 1, role: 'designer', project: null }] } as const;
const viewer = { isAdmin: false, memberships: [{ customer: 1, role: 'viewer', project: null }] } as const;
const admin = { isAdmin: true, memberships: [] } as const;

test('every action belongs to a scope, except managing people', () => {
  const allowed = accessActions.filter((action) => scopesAllowing(action).length > 0);
  expect(accessActions.filter((action) => !allowed.includes(action))).toEqual(['manage-people']);
});

test('every scope may read', () => {
  for (const scope of tokenScopes) expect(scopeActions[scope]).toContain('read');
});

test('several scopes allow what each of them allows', () => {
  expect(actionsOfScopes(['upload', 'activate'])).toEqual(['read', 'upload', 'edit', 'activate']);
  expect(actionsOfScopes([])).toEqual([]);
  expect(scopesAllowing('upload')).toEqual(['upload', 'admin']);
  expect(scopesAllowing(null)).toEqual([]);
});

test('a token may do only what its scopes and the role of its owner both allow', () => {
  const allowedTo = (subject: Parameters<typeof decideAccess<number>>[0]) =>
    accessActions.filter((action) => decideAccess(subject, action, place) === 'allow');
  expect(allowedTo({ ...designer, limitedTo: actionsOfScopes(['upload']) })).toEqual(['read', 'upload', 'edit']);
  expect(allowedTo({ ...viewer, limitedTo: actionsOfScopes(['upload', 'activate', 'admin']) })).toEqual(['read']);
  expect(allowedTo({ ...admin, limitedTo: actionsOfScopes(['activate']) })).toEqual(['read', 'activate']);
});

test('a token learns nothing of what its owner cannot see', () => {
  const subject = { ...designer, limitedTo: actionsOfScopes(['read']) };
  expect(decideAccess(subject, 'upload', { customer: 2, project: 20 })).toBe('not-found');
  expect(decideAccess(subject, 'upload', place)).toBe('forbidden');
});

test('no token acts on the account of a person', () => {
  const subject = { ...admin, limitedTo: actionsOfScopes(tokenScopes) };
  expect(decideOnPerson(subject, 'manage-people', { isAdmin: false, customers: [1] })).toBe('forbidden');
});
