import type { ServiceContext } from '../../../context.ts';
import type { ApiHandlers } from '../../../http/handler.ts';
import { describeLink } from './find-link.ts';
import { redeemLink } from './redeem-link.ts';

export function linkHandlers(context: ServiceContext): Pick<ApiHandlers, 'getLink' | 'useLink'> {
  return {
    getLink: ({ params }) => describeLink(context, params.link_token),
    useLink: ({ params, body }) => redeemLink(context, params.link_token, body),
  };
}
