import type { UserRole } from '../../shared/api/auth.ts';
import type { ServerInfo } from '../../shared/api/server-info.ts';

/** Shown on the sign-in screen: these accounts exist on loopback only. */
export const DEMO_PASSWORD = 'gabinet-demo';

export const DEMO_CUSTOMERS = [
  { slug: 'aurora', name: 'Aurora' },
  { slug: 'borealis', name: 'Borealis' },
] as const;
export type DemoCustomerSlug = (typeof DEMO_CUSTOMERS)[number]['slug'];

interface DemoAccount {
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
  readonly customer: DemoCustomerSlug | null;
}

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { email: 'designer@aurora.example', name: 'Dana', role: 'designer', customer: 'aurora' },
  { email: 'viewer@aurora.example', name: 'Viktor', role: 'viewer', customer: 'aurora' },
  { email: 'designer@borealis.example', name: 'Bo', role: 'designer', customer: 'borealis' },
  { email: 'admin@gabinet.example', name: 'Ada', role: 'admin', customer: null },
];

/** The demo accounts as the sign-in screen shows them. */
export function demoInfo(): NonNullable<ServerInfo['demo']> {
  const nameOf = (slug: DemoCustomerSlug | null) => DEMO_CUSTOMERS.find((one) => one.slug === slug)?.name ?? null;
  const accounts = DEMO_ACCOUNTS.map(({ email, name, role, customer }) => ({
    email,
    name,
    role,
    customer_name: nameOf(customer),
  }));
  return { password: DEMO_PASSWORD, accounts };
}
