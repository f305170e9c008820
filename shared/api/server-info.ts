import { z } from 'zod';
import { customerRoles } from '../domain/access-policy.ts';
import { gabPolicies } from '../gab/report.ts';
import { defineRoute } from './define-route.ts';

/** What the sign-in screen needs before a user is signed in. */
export const serverInfoSchema = z.object({
  product: z.literal('gabinet'),
  version: z.string(),
  gab_policy: z.enum(gabPolicies),
  max_file_bytes: z.int(),
  /** False until the first administrator exists: then only the setup link works. */
  is_set_up: z.boolean(),
  /** How people sign in: with local passwords, with an identity provider, or with either. */
  sign_in: z.object({
    passwords: z.boolean(),
    /** `name`: shown on the button. */
    provider: z.object({ name: z.string() }).nullable(),
  }),
  /** Only on a demo server, which is reachable only through the loopback interface. */
  demo: z
    .object({
      password: z.string(),
      accounts: z.array(
        z.object({
          email: z.string(),
          name: z.string(),
          role: z.enum(['admin', ...customerRoles]),
          customer_name: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
});
export type ServerInfo = z.infer<typeof serverInfoSchema>;

export const getServerInfo = defineRoute({
  method: 'GET',
  path: '/api/server',
  access: 'public',
  worksBeforeSetup: true,
  tag: 'server',
  summary: 'Name, version, limits, and the demo accounts of a demo server',
  response: serverInfoSchema,
  successStatus: 200,
});

export const getHealth = defineRoute({
  method: 'GET',
  path: '/api/health',
  access: 'public',
  worksBeforeSetup: true,
  tag: 'server',
  summary: 'Succeeds while the process runs, also before it is set up; says nothing about its database',
  response: z.object({ status: z.literal('ok') }),
  successStatus: 200,
});
