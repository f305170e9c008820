import type { UserRole } from '../../shared/api/auth.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';

export const accessActions = ['read', 'upload', 'edit', 'activate', 'delete', 'restore', 'administer'] as const;
export type AccessAction = (typeof accessActions)[number];

export interface AccessSubject {
  readonly role: UserRole;
  /** Null for administrators, who belong to no customer. */
  readonly customerId: number | null;
}

export type AccessDecision = 'allow' | 'forbidden' | 'not-found';

/**
 * Decides who may do what; there is no other such rule. `ownerCustomerId` is the customer that owns
 * the project or version, or null if the action is not about one. For data of another customer the
 * decision is 'not-found', so that a caller cannot probe for its existence.
 */
export function decideAccess(
  subject: AccessSubject,
  action: AccessAction,
  ownerCustomerId: number | null,
): AccessDecision {
  if (subject.role === 'admin') return 'allow';
  if (ownerCustomerId !== null && ownerCustomerId !== subject.customerId) return 'not-found';
  if (action === 'administer') return 'forbidden';
  // Only administration concerns no single customer.
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
