import type { comparisonChannels } from '../../shared/contract/comparison.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function comparisonHandlers(context: HandlerContext): HandlersOf<typeof comparisonChannels> {
  return {
    'comparison.compare': ({ from, to }) => withAccount(context, ({ comparisons }) => comparisons.compare(from, to)),
  };
}
