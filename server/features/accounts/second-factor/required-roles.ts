import { z } from 'zod';
import { type CustomerRole, customerRoles } from '../../../../shared/domain/access-policy.ts';
import type { ServiceFailure } from '../../../failures/service-failure.ts';

const roles = ['admin', ...customerRoles] as const;
export type SecondFactorRole = (typeof roles)[number];

const rolesSchema = z.array(z.enum(roles));

/** `REQUIRE_SECOND_FACTOR`: roles with commas in between. */
export const secondFactorRolesSchema = z
  .string()
  .transform((text, context) => {
    const parsed = rolesSchema.safeParse(text.split(',').map((role) => role.trim()));
    if (parsed.success) return parsed.data;
    context.addIssue(`must be some of these, with commas in between: ${roles.join(', ')}`);
    return z.NEVER;
  })
  .default([]);

export const SECOND_FACTOR_SETUP_REQUIRED: ServiceFailure = {
  code: 'second_factor_setup_required',
  detail: 'Your role requires a second factor, and you have none.',
};

export interface FactorSubject {
  readonly isAdmin: boolean;
  readonly memberships: readonly { readonly role: CustomerRole }[];
  /** And may sign in with it. */
  readonly hasPassword: boolean;
}

/**
 * Whether one of the user's roles requires a second factor. For a user without a password the
 * identity provider asks for it.
 */
export function requiresSecondFactor(
  { isAdmin, memberships, hasPassword }: FactorSubject,
  required: readonly SecondFactorRole[],
): boolean {
  const own: readonly SecondFactorRole[] = [
    ...(isAdmin ? ['admin' as const] : []),
    ...memberships.map(({ role }) => role),
  ];
  return hasPassword && own.some((role) => required.includes(role));
}
