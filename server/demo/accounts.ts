import type { ServerInfo } from '../../shared/api/server-info.ts';
import type { NewAccount } from '../features/accounts/provisioning.ts';

/** Shown on the sign-in screen: these accounts exist on loopback only. */
export const DEMO_PASSWORD = 'gabinet-demo';

export const DEMO_CUSTOMERS = [
  { slug: 'aurora', name: 'Aurora' },
  { slug: 'borealis', name: 'Borealis' },
] as const;
export type DemoCustomerSlug = (typeof DEMO_CUSTOMERS)[number]['slug'];

/** In the order of the sign-in screen. */
export const DEMO_ACCOUNTS: readonly NewAccount[] = [
  { email: 'designer@aurora.example', name: 'Dana', membership: { customer: 'aurora', role: 'designer' } },
  { email: 'viewer@aurora.example', name: 'Viktor', membership: { customer: 'aurora', role: 'viewer' } },
  { email: 'manager@aurora.example', name: 'Mira', membership: { customer: 'aurora', role: 'manager' } },
  { email: 'designer@borealis.example', name: 'Bo', membership: { customer: 'borealis', role: 'designer' } },
  { email: 'admin@gabinet.example', name: 'Ada', membership: null },
];

/** The demo accounts as the sign-in screen shows them. */
export function demoInfo(): NonNullable<ServerInfo['demo']> {
  const accounts = DEMO_ACCOUNTS.map(({ email, name, membership }) => ({
    email,
    name,
    role: membership?.role ?? ('admin' as const),
    customer_name: DEMO_CUSTOMERS.find(({ slug }) => slug === membership?.customer)?.name ?? null,
  }));
  return { password: DEMO_PASSWORD, accounts };
}
