import { type CustomerRole, customerRoles } from '../../../../shared/domain/access-policy.ts';
import { customerSlugSchema } from '../../../../shared/domain/account-fields.ts';
import { isProtectedAddress } from '../../../../shared/domain/server-address.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';

/** The identity provider that people may sign in with, and what its groups mean here. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  /** Shown on the button. */
  readonly name: string;
  readonly scopes: string;
  readonly groupsClaim: string;
  readonly groupRoles: readonly GroupRole[];
  /** Whether a verified e-mail address is enough to sign in to the local account that has it. */
  readonly linksByEmail: boolean;
}

/** What the members of one group may do: administer the installation, or a role in one customer. */
export interface GroupRole {
  readonly group: string;
  readonly grants: 'admin' | { readonly customer: string; readonly role: CustomerRole };
}

/** `group=admin;another group=aurora:designer`. The failure names the first entry that is wrong. */
export function parseGroupRoles(text: string): Result<readonly GroupRole[], string> {
  const parsed: GroupRole[] = [];
  for (const entry of text.split(';').map((part) => part.trim())) {
    if (entry === '') continue;
    const one = parseEntry(entry);
    if (one === null) return fail(`"${entry}" must look like group=admin or group=customer:role`);
    parsed.push(one);
  }
  return ok(parsed);
}

function parseEntry(entry: string): GroupRole | null {
  // A group may be a distinguished name, such as cn=designers,ou=aurora.
  const cut = entry.lastIndexOf('=');
  const group = entry.slice(0, Math.max(cut, 0)).trim();
  const grants = parseGrants(entry.slice(cut + 1).trim());
  return group === '' || grants === null ? null : { group, grants };
}

function parseGrants(text: string): GroupRole['grants'] | null {
  if (text === 'admin') return 'admin';
  const [customer = '', roleName, ...rest] = text.split(':');
  const role = customerRoles.find((one) => one === roleName);
  const isPlace = customerSlugSchema.safeParse(customer).success && rest.length === 0;
  return role !== undefined && isPlace ? { customer, role } : null;
}

/** Tokens and the secret travel to the issuer, so http is allowed on this computer only. */
export function isIssuerAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '') return false;
  return isProtectedAddress(text);
}

/** Whether this issuer is reached without TLS. */
export function isInsecureIssuer(issuer: string): boolean {
  return new URL(issuer).protocol === 'http:';
}
