import type { openingChannels } from '../../shared/contract/opening.ts';
import { fail } from '../../shared/lib/result.ts';
import { DONE, type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function openingHandlers(context: HandlerContext): HandlersOf<typeof openingChannels> {
  const { inbox } = context;
  return {
    'opening.get': () => inbox.view(),
    'opening.addFiles': ({ ids, projectUuid }) =>
      withAccount(context, async ({ staging, reads }) => {
        if (!reads.projects().some(({ uuid }) => uuid === projectUuid)) return fail({ code: 'project_gone' });
        await inbox.handOver(ids, (files) => staging.stage(projectUuid, files));
        return DONE;
      }),
    'opening.discardFiles': ({ ids }) => {
      inbox.discard(ids);
      return null;
    },
    'opening.takeLink': () => inbox.takeLink(),
    'opening.takeRefusals': () => inbox.takeRefusals(),
  };
}
