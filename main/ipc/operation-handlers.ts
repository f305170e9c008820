import type { operationChannels } from '../../shared/contract/operations.ts';
import type { HandlerContext } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function operationHandlers(context: HandlerContext): HandlersOf<typeof operationChannels> {
  const outbox = () => context.session.account()?.outbox;
  return {
    'operations.list': () => outbox()?.list() ?? [],
    'operations.retry': ({ ids }) => {
      outbox()?.retry(ids);
      return undefined;
    },
    'operations.drop': ({ ids }) => {
      outbox()?.drop(ids);
      return undefined;
    },
    'operations.resolve': ({ ids, choice }) => {
      outbox()?.resolve(ids, choice);
      return undefined;
    },
  };
}
