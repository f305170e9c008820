import { ok } from '../../../../shared/lib/result.ts';
import { findCustomer } from '../../../access/find-permitted.ts';
import type { ServiceContext } from '../../../context.ts';
import type { ApiHandlers } from '../../../http/handler.ts';
import { listTokensOf, revokeTokensOf } from '../access-tokens/person-tokens.ts';
import { changeAdmin, disableAccount, enableAccount, removeSecondFactor, signOutAccount } from './account-actions.ts';
import { invitePerson } from './invite-person.ts';
import { removeMembership, setMembership } from './memberships.ts';
import { actOnPerson } from './person-actions.ts';
import { issuePersonLink } from './person-links.ts';
import { listEverybody, listPeopleOf } from './person-responses.ts';

type PeopleHandlers = Pick<
  ApiHandlers,
  | 'listPeople'
  | 'invitePerson'
  | 'setMembership'
  | 'removeMembership'
  | 'disablePerson'
  | 'enablePerson'
  | 'signOutPerson'
  | 'removePersonsSecondFactor'
  | 'invitePersonAgain'
  | 'resetPassword'
  | 'listPersonsAccessTokens'
  | 'revokePersonsAccessTokens'
  | 'listAllPeople'
  | 'setAdmin'
>;

export function peopleHandlers(context: ServiceContext): PeopleHandlers {
  return {
    async listPeople({ caller, query }) {
      const access = { caller, action: 'manage-people', uuid: query.customer_uuid } as const;
      const customer = await findCustomer(context.db, access);
      if (!customer.ok) return customer;
      return ok(await listPeopleOf(context.db, caller, { ...query, customerId: customer.value.id }));
    },
    invitePerson: ({ caller, body, request }) => invitePerson(context, caller, { wish: body, request }),
    setMembership: ({ caller, params, body }) => setMembership(context, caller, { ...params, ...body }),
    removeMembership: ({ caller, params, body }) => removeMembership(context, caller, { ...params, ...body }),
    disablePerson: ({ caller, params }) =>
      actOnPerson(context, caller, { uuid: params.user_uuid, action: disableAccount }),
    enablePerson: ({ caller, params }) =>
      actOnPerson(context, caller, { uuid: params.user_uuid, action: enableAccount }),
    signOutPerson: ({ caller, params }) =>
      actOnPerson(context, caller, { uuid: params.user_uuid, action: signOutAccount }),
    removePersonsSecondFactor: ({ caller, params }) =>
      actOnPerson(context, caller, { uuid: params.user_uuid, action: removeSecondFactor }),
    invitePersonAgain: ({ caller, params, request }) =>
      issuePersonLink(context, caller, { kind: 'invitation', uuid: params.user_uuid, request }),
    resetPassword: ({ caller, params, request }) =>
      issuePersonLink(context, caller, { kind: 'reset', uuid: params.user_uuid, request }),
    listPersonsAccessTokens: ({ caller, params }) => listTokensOf(context, caller, params.user_uuid),
    revokePersonsAccessTokens: ({ caller, params, query }) =>
      revokeTokensOf(context, caller, { userUuid: params.user_uuid, tokenUuid: query.token_uuid }),
    listAllPeople: async ({ query }) => ok(await listEverybody(context.db, query)),
    setAdmin: ({ caller, params, body }) =>
      actOnPerson(context, caller, {
        uuid: params.user_uuid,
        action: (tx, action) => changeAdmin(tx, action, body.is_admin),
      }),
  };
}
