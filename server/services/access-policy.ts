import type { UserRole } from '../../shared/api/auth.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';

export const accessActions = ['read', 'upload', 'edit', 'activate', 'delete', 'restore', 'administer'] as const;
export type AccessAction = (typeof accessActions)[number];

export interface AccessSubject {
  readonly role: UserRole;
  /** Null for admins. */
  readonly customerId: number | null;
}

export type AccessDecision = 'allow' | 'forbidden' | 'not-found';

/**
 * The one rule of who may do what. `ownerCustomerId` is the customer whose project or avatar is meant; null where the
 * action is about no customer's thing. What belongs to another customer does not exist for the caller ('not-found'),
 * so that nobody can find out by asking.
 */
export function decideAccess(
  subject: AccessSubject,
  action: AccessAction,
  ownerCustomerId: number | null,
): AccessDecision {
  if (subject.role === 'admin') return 'allow';
  if (ownerCustomerId !== null && ownerCustomerId !== subject.customerId) return 'not-found';
  if (action === 'administer') return 'forbidden';
  // Only administration is about no customer at all.
  if (ownerCustomerId === null) return 'forbidden';
  switch (subject.role) {
    case 'designer':
      return 'allow';
    case 'viewer':
      return action === 'read' ? 'allow' : 'forbidden';
    default:
      return assertNever(subject.role, 'role');
  }
}
