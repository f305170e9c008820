import type { operationChannels } from '../../shared/contract/operations.ts';
import { ok } from '../../shared/lib/result.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function operationHandlers(context: HandlerContext): HandlersOf<typeof operationChannels> {
  return {
    'operations.list': () => withAccount(context, ({ outbox }) => ok(outbox.list())),
    'operations.retry': ({ ids }) => withAccount(context, ({ outbox }) => outbox.retry(ids)),
    'operations.drop': ({ ids }) => withAccount(context, ({ outbox }) => outbox.drop(ids)),
    'operations.resolve': ({ ids, choice }) => withAccount(context, ({ outbox }) => outbox.resolve(ids, choice)),
  };
}
