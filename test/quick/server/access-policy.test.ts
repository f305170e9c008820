import { describe, expect, test } from 'vitest';
import {
  type AccessAction,
  type AccessDecision,
  accessActions,
  decideAccess,
} from '../../../server/access/access-policy.ts';
import { type UserRole, userRoles } from '../../../shared/api/auth.ts';

const OWN = 1;
const FOREIGN = 2;

type Row = Readonly<Record<AccessAction, AccessDecision>>;

const every = (decision: AccessDecision): Row =>
  Object.fromEntries(accessActions.map((action) => [action, decision])) as Row;

/**
 * The whole rule written out: role, action, and whether the data is the own customer's, another
 * one's or nobody's.
 */
const EXPECTED: Readonly<Record<UserRole, { own: Row; foreign: Row; nobodys: Row }>> = {
  admin: { own: every('allow'), foreign: every('allow'), nobodys: every('allow') },
  designer: {
    own: { ...every('allow'), administer: 'forbidden' },
    foreign: every('not-found'),
    nobodys: every('forbidden'),
  },
  viewer: {
    own: { ...every('forbidden'), read: 'allow' },
    foreign: every('not-found'),
    nobodys: every('forbidden'),
  },
};

describe.each(userRoles)('%s', (role) => {
  const subject = { role, customerId: role === 'admin' ? null : OWN };
  test.each(accessActions)('%s', (action) => {
    expect(decideAccess(subject, action, OWN)).toBe(EXPECTED[role].own[action]);
    expect(decideAccess(subject, action, FOREIGN)).toBe(EXPECTED[role].foreign[action]);
    expect(decideAccess(subject, action, null)).toBe(EXPECTED[role].nobodys[action]);
  });
});
