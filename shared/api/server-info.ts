import { z } from 'zod';
import { gabPolicies } from '../gab/report.ts';
import { userRoles } from './auth.ts';
import { defineRoute } from './define-route.ts';

/** What the sign-in screen needs before a user is signed in. */
export const serverInfoSchema = z.object({
  product: z.literal('gabinet'),
  version: z.string(),
  gab_policy: z.enum(gabPolicies),
  max_file_bytes: z.int(),
  /** Only on a demo server, which is reachable only through the loopback interface. */
  demo: z
    .object({
      password: z.string(),
      accounts: z.array(
        z.object({
          email: z.string(),
          name: z.string(),
          role: z.enum(userRoles),
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
  tag: 'server',
  summary: 'Name, version, limits, and the demo accounts of a demo server',
  response: serverInfoSchema,
  successStatus: 200,
});
