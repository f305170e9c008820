import { z } from 'zod';
import { type CustomerRole, customerRoles } from '../domain/access-policy.ts';
import { emailSchema, personNameSchema } from '../domain/account-fields.ts';
import { uuidSchema } from '../domain/ids.ts';
import { trimmedLineSchema } from '../lib/text.ts';
import { userResponseSchema } from './auth.ts';
import { defineRoute } from './define-route.ts';
import { pagingQuerySchema } from './paging.ts';

const tag = 'people' as const;

export const personStates = ['active', 'invited', 'disabled'] as const;

/** A user as those see it who manage people. Managers see only memberships in their own customers. */
export const personResponseSchema = userResponseSchema.extend({
  state: z.enum(personStates),
  has_second_factor: z.boolean(),
  created_at: z.iso.datetime(),
  last_sign_in_at: z.iso.datetime().nullable(),
});
export type PersonResponse = z.infer<typeof personResponseSchema>;

/** A link that works once. The server keeps only its hash, so it is returned only here. */
export const issuedLinkSchema = z.object({
  url: z.url(),
  expires_at: z.iso.datetime(),
  /** Whether the server has also sent it by mail. */
  was_mailed: z.boolean(),
});
export type IssuedLink = z.infer<typeof issuedLinkSchema>;

const personPageSchema = z.object({ people: z.array(personResponseSchema), total: z.int() });

const personParams = z.object({ user_uuid: uuidSchema });
/** A membership is in one customer, and may be limited to one of its projects. */
const placeFields = { customer_uuid: uuidSchema, project_uuid: uuidSchema.nullable().default(null) };

/** Managers manage a customer as a whole. */
const isPlaceable = ({ role, project_uuid }: { role: CustomerRole; project_uuid: string | null }) =>
  role !== 'manager' || project_uuid === null;
const NOT_PLACEABLE = { path: ['role'], message: 'of a manager cannot be limited to a project' };

export const listPeople = defineRoute({
  method: 'GET',
  path: '/api/customer/people',
  access: 'customer:manage-people',
  tag,
  summary: 'The people of a customer by name',
  query: pagingQuerySchema.extend({ customer_uuid: uuidSchema }),
  response: personPageSchema,
  successStatus: 200,
});

export const invitePerson = defineRoute({
  method: 'POST',
  path: '/api/customer/people',
  access: 'customer:manage-people',
  tag,
  summary:
    'Give a person a role in a customer, with a new account and an invitation link if there is none; else `link` is null',
  body: z
    .object({ ...placeFields, email: emailSchema, name: personNameSchema, role: z.enum(customerRoles) })
    .refine(isPlaceable, NOT_PLACEABLE),
  response: z.object({ person: personResponseSchema, link: issuedLinkSchema.nullable() }),
  successStatus: 201,
});

export const setMembership = defineRoute({
  method: 'PUT',
  path: '/api/customer/people/:user_uuid/membership',
  access: 'customer:manage-people',
  tag,
  summary: 'Change the role of a person in a customer, or in one of its projects',
  params: personParams,
  body: z.object({ ...placeFields, role: z.enum(customerRoles) }).refine(isPlaceable, NOT_PLACEABLE),
  response: personResponseSchema,
  successStatus: 200,
});

export const removeMembership = defineRoute({
  method: 'POST',
  path: '/api/customer/people/:user_uuid/membership/remove',
  access: 'customer:manage-people',
  tag,
  summary: 'Take the person’s role in a customer, or in one of its projects, away. The account stays',
  params: personParams,
  body: z.object(placeFields),
  response: personResponseSchema,
  successStatus: 200,
});

/** A route that does something to a person's account. */
const personRoute = <const Name extends string, Response extends z.ZodType, const Status extends 200 | 201>(
  name: Name,
  { summary, response, successStatus }: { summary: string; response: Response; successStatus: Status },
) =>
  defineRoute({
    method: 'POST',
    path: `/api/customer/people/:user_uuid/${name}`,
    access: 'person:manage-people',
    tag,
    summary,
    params: personParams,
    response,
    successStatus,
  });

const personAction = <const Name extends string>(name: Name, summary: string) =>
  personRoute(name, { summary, response: personResponseSchema, successStatus: 200 });
const personLink = <const Name extends string>(name: Name, summary: string) =>
  personRoute(name, { summary, response: issuedLinkSchema, successStatus: 201 });

export const disablePerson = personAction(
  'disable',
  'End all sessions and access tokens of a person and refuse new ones',
);
export const enablePerson = personAction('enable', 'Let a disabled person sign in again');
export const signOutPerson = personAction('sign-out', 'End all sessions and access tokens of a person');
export const removePersonsSecondFactor = personAction(
  'remove-second-factor',
  'Switch the second factor of a person off who has lost it',
);
export const invitePersonAgain = personLink('invitation', 'A new invitation link; earlier ones stop working');
export const resetPassword = personLink('reset', 'A link with which the person sets a new password');

export const listAllPeople = defineRoute({
  method: 'GET',
  path: '/api/admin/people',
  access: 'admin',
  tokenAction: 'manage-people',
  tag,
  summary: 'All users by name',
  query: pagingQuerySchema.extend({ q: trimmedLineSchema.max(200).optional() }),
  response: personPageSchema,
  successStatus: 200,
});

export const setAdmin = defineRoute({
  method: 'PUT',
  path: '/api/admin/people/:user_uuid/admin',
  access: 'admin',
  tokenAction: 'manage-people',
  tag,
  summary: 'Make a person an administrator, or no longer one. The last administrator stays one',
  params: personParams,
  body: z.object({ is_admin: z.boolean() }),
  response: personResponseSchema,
  successStatus: 200,
});
