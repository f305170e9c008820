/** Roles in a customer. Administrators of the installation need none. */
export const customerRoles = ['manager', 'designer', 'viewer'] as const;
export type CustomerRole = (typeof customerRoles)[number];

/** What can be done to avatars and projects, to the people of a customer, and to the installation. */
export const accessActions = [
  'read',
  'upload',
  'edit',
  'activate',
  'delete',
  'restore',
  'manage-projects',
  'manage-people',
  'administer',
] as const;
export type AccessAction = (typeof accessActions)[number];

const DESIGNER_ACTIONS: readonly AccessAction[] = ['read', 'upload', 'edit', 'activate', 'delete', 'restore'];

/** The policy: what each role may do. Only administrators may do everything, everywhere. */
export const roleActions: Readonly<Record<CustomerRole, readonly AccessAction[]>> = {
  viewer: ['read'],
  designer: DESIGNER_ACTIONS,
  manager: [...DESIGNER_ACTIONS, 'manage-projects', 'manage-people'],
};

/** `Key` names a customer or a project: the server's integer ID, or a UUID elsewhere. */
export interface Membership<Key> {
  readonly customer: Key;
  readonly role: CustomerRole;
  /** The only project that the membership gives access to; null for all of the customer. */
  readonly project: Key | null;
}

export interface AccessSubject<Key> {
  readonly isAdmin: boolean;
  readonly memberships: readonly Membership<Key>[];
  /** Set for an access token: it allows at most these, and never more than its owner may do. */
  readonly limitedTo?: readonly AccessAction[];
}

/** A user as the desktop keeps it. */
export interface UserAccess {
  readonly isAdmin: boolean;
  readonly memberships: readonly {
    readonly customerUuid: string;
    readonly role: CustomerRole;
    readonly projectUuid: string | null;
  }[];
}

/** The user in the form of the policy. */
export function accessSubjectOf({ isAdmin, memberships }: UserAccess): AccessSubject<string> {
  return {
    isAdmin,
    memberships: memberships.map((one) => ({ customer: one.customerUuid, role: one.role, project: one.projectUuid })),
  };
}

/** What an action is about: a project, or the customer as a whole if `project` is null. */
export interface AccessPlace<Key> {
  readonly customer: Key;
  readonly project: Key | null;
}

export type AccessDecision = 'allow' | 'forbidden' | 'not-found';

/**
 * Decides who may do what; there is no other such rule. `place` is null if the action concerns the
 * installation. Where the subject may not even read, the decision is 'not-found', so that a caller
 * cannot probe for the existence of other customers' data.
 */
export function decideAccess<Key>(
  subject: AccessSubject<Key>,
  action: AccessAction,
  place: AccessPlace<Key> | null,
): AccessDecision {
  const decision = decideByRole(subject, action, place);
  return decision === 'allow' && !isWithinLimits(subject, action) ? 'forbidden' : decision;
}

/**
 * Whether the access token with which the subject comes, if it is one, allows the action at all.
 */
export function isWithinLimits(
  { limitedTo }: Pick<AccessSubject<unknown>, 'limitedTo'>,
  action: AccessAction,
): boolean {
  return limitedTo === undefined || limitedTo.includes(action);
}

function decideByRole<Key>(
  { isAdmin, memberships }: AccessSubject<Key>,
  action: AccessAction,
  place: AccessPlace<Key> | null,
): AccessDecision {
  if (isAdmin) return 'allow';
  if (place === null) return 'forbidden';
  const here = memberships.filter(({ customer }) => customer === place.customer);
  const effective = here.filter(({ project }) => project === null || project === place.project);
  if (effective.some(({ role }) => roleActions[role].includes(action))) return 'allow';
  if (place.project !== null) return effective.length > 0 ? 'forbidden' : 'not-found';
  if (here.length === 0) return 'not-found';
  // Reading a customer means its name, and those of its projects that the subject sees.
  return action === 'read' ? 'allow' : 'forbidden';
}

/** Whether the subject sees all projects of the customer, or only some. */
export function seesWholeCustomer<Key>({ isAdmin, memberships }: AccessSubject<Key>, customer: Key): boolean {
  return isAdmin || memberships.some((one) => one.customer === customer && one.project === null);
}

/** The projects that a subject who does not see the whole customer sees. */
export function visibleProjects<Key>({ memberships }: AccessSubject<Key>, customer: Key): readonly Key[] {
  return memberships.flatMap((one) => (one.customer === customer && one.project !== null ? [one.project] : []));
}

/** A person as the target of an action, by where the person is a member. */
export interface AccessPerson<Key> {
  readonly isAdmin: boolean;
  readonly customers: readonly Key[];
}

/**
 * Decides who may act on the account of a person. Somebody who manages people may do so only if all
 * of the person's customers are theirs: the account is the same everywhere. Administrators are
 * beyond them. Whom the subject does not see anywhere is 'not-found'.
 */
export function decideOnPerson<Key>(
  subject: AccessSubject<Key>,
  action: AccessAction,
  person: AccessPerson<Key>,
): AccessDecision {
  if (subject.isAdmin) return isWithinLimits(subject, action) ? 'allow' : 'forbidden';
  const decisions = person.customers.map((customer) => decideAccess(subject, action, { customer, project: null }));
  if (decisions.every((one) => one === 'not-found')) return 'not-found';
  return !person.isAdmin && decisions.every((one) => one === 'allow') ? 'allow' : 'forbidden';
}
