import { type CustomerRole, customerRoles } from '../../../../shared/domain/access-policy.ts';
import type { GroupRole } from './oidc-settings.ts';

/** What the groups of a person give. */
export interface GroupGrants {
  readonly isAdmin: boolean;
  /** By the customer's slug. */
  readonly roles: ReadonlyMap<string, CustomerRole>;
}

/** Of several groups that give a role in the same customer, the one that may do most counts. */
export function grantsOf(groups: readonly string[], groupRoles: readonly GroupRole[]): GroupGrants {
  const given = groupRoles.filter(({ group }) => groups.includes(group)).map(({ grants }) => grants);
  const roles = new Map<string, CustomerRole>();
  for (const grants of given) {
    if (grants !== 'admin') roles.set(grants.customer, strongerRole(roles.get(grants.customer), grants.role));
  }
  return { isAdmin: given.includes('admin'), roles };
}

/** `customerRoles` begins with the role that may do most. */
function strongerRole(one: CustomerRole | undefined, other: CustomerRole): CustomerRole {
  return customerRoles.find((role) => role === one || role === other) ?? other;
}
