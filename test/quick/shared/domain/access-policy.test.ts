import { describe, expect, test } from 'vitest';
import {
  type AccessAction,
  type AccessDecision,
  type AccessSubject,
  accessActions,
  decideAccess,
  decideOnPerson,
  seesWholeCustomer,
  visibleProjects,
} from '../../../../shared/domain/access-policy.ts';

const OWN = 1;
const FOREIGN = 2;
/** Projects of the own customer. */
const DESK = 10;
const KIOSK = 11;

const admin: AccessSubject<number> = { isAdmin: true, memberships: [] };
const member = (role: 'manager' | 'designer' | 'viewer', project: number | null = null): AccessSubject<number> => ({
  isAdmin: false,
  memberships: [{ customer: OWN, role, project }],
});
const nobody: AccessSubject<number> = { isAdmin: false, memberships: [] };

type Row = Readonly<Record<AccessAction, AccessDecision>>;
const every = (decision: AccessDecision): Row =>
  Object.fromEntries(accessActions.map((action) => [action, decision])) as Row;
const only = (...allowed: AccessAction[]): Row =>
  Object.fromEntries(accessActions.map((action) => [action, allowed.includes(action) ? 'allow' : 'forbidden'])) as Row;

const EDITING = ['read', 'upload', 'edit', 'activate', 'delete', 'restore'] as const;

/** The whole policy written out: for the desk project, the kiosk project, the customer, another one, nobody's. */
const EXPECTED: readonly {
  readonly who: string;
  readonly subject: AccessSubject<number>;
  readonly desk: Row;
  readonly kiosk: Row;
  readonly customer: Row;
  readonly foreign: Row;
  readonly installation: Row;
}[] = [
  {
    who: 'an administrator',
    subject: admin,
    desk: every('allow'),
    kiosk: every('allow'),
    customer: every('allow'),
    foreign: every('allow'),
    installation: every('allow'),
  },
  {
    who: 'a manager',
    subject: member('manager'),
    desk: only(...EDITING, 'manage-projects', 'manage-people'),
    kiosk: only(...EDITING, 'manage-projects', 'manage-people'),
    customer: only(...EDITING, 'manage-projects', 'manage-people'),
    foreign: every('not-found'),
    installation: every('forbidden'),
  },
  {
    who: 'a designer',
    subject: member('designer'),
    desk: only(...EDITING),
    kiosk: only(...EDITING),
    customer: only(...EDITING),
    foreign: every('not-found'),
    installation: every('forbidden'),
  },
  {
    who: 'a viewer',
    subject: member('viewer'),
    desk: only('read'),
    kiosk: only('read'),
    customer: only('read'),
    foreign: every('not-found'),
    installation: every('forbidden'),
  },
  {
    who: 'a designer of the desk project only',
    subject: member('designer', DESK),
    desk: only(...EDITING),
    kiosk: every('not-found'),
    customer: only('read'),
    foreign: every('not-found'),
    installation: every('forbidden'),
  },
  {
    who: 'a viewer who is a designer of the desk project',
    subject: {
      isAdmin: false,
      memberships: [...member('viewer').memberships, ...member('designer', DESK).memberships],
    },
    desk: only(...EDITING),
    kiosk: only('read'),
    customer: only('read'),
    foreign: every('not-found'),
    installation: every('forbidden'),
  },
  {
    who: 'a user without memberships',
    subject: nobody,
    desk: every('not-found'),
    kiosk: every('not-found'),
    customer: every('not-found'),
    foreign: every('not-found'),
    installation: every('forbidden'),
  },
];

describe.each(EXPECTED)('$who', ({ subject, desk, kiosk, customer, foreign, installation }) => {
  test.each(accessActions)('%s', (action) => {
    expect(decideAccess(subject, action, { customer: OWN, project: DESK })).toBe(desk[action]);
    expect(decideAccess(subject, action, { customer: OWN, project: KIOSK })).toBe(kiosk[action]);
    expect(decideAccess(subject, action, { customer: OWN, project: null })).toBe(customer[action]);
    expect(decideAccess(subject, action, { customer: FOREIGN, project: null })).toBe(foreign[action]);
    expect(decideAccess(subject, action, null)).toBe(installation[action]);
  });
});

test('who sees a whole customer, and which projects the others see', () => {
  expect(seesWholeCustomer(admin, FOREIGN)).toBe(true);
  expect(seesWholeCustomer(member('viewer'), OWN)).toBe(true);
  expect(seesWholeCustomer(member('viewer'), FOREIGN)).toBe(false);
  expect(seesWholeCustomer(member('designer', DESK), OWN)).toBe(false);
  expect(visibleProjects(member('designer', DESK), OWN)).toEqual([DESK]);
  expect(visibleProjects(member('designer', DESK), FOREIGN)).toEqual([]);
});

describe('acting on the account of a person', () => {
  const person = (customers: readonly number[], isAdmin = false) => ({ isAdmin, customers });

  test.each([
    ['a manager', member('manager'), person([OWN]), 'allow'],
    ['a manager, if the person also belongs elsewhere', member('manager'), person([OWN, FOREIGN]), 'forbidden'],
    ['a manager, if the person is an administrator', member('manager'), person([OWN], true), 'forbidden'],
    ['a manager, if the person belongs elsewhere only', member('manager'), person([FOREIGN]), 'not-found'],
    ['a manager, if the person belongs nowhere', member('manager'), person([]), 'not-found'],
    ['a designer', member('designer'), person([OWN]), 'forbidden'],
    ['a viewer of one project', member('viewer', DESK), person([OWN]), 'forbidden'],
    ['a user without memberships', nobody, person([OWN]), 'not-found'],
    ['an administrator', admin, person([OWN, FOREIGN], true), 'allow'],
  ] as const)('by %s', (_who, subject, target, decision) => {
    expect(decideOnPerson(subject, 'manage-people', target)).toBe(decision);
  });
});
