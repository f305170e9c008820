import type { pinChannels } from '../../shared/contract/pins.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function pinHandlers(context: HandlerContext): HandlersOf<typeof pinChannels> {
  return {
    'library.setPinned': ({ projectUuid, isPinned }) =>
      withAccount(context, ({ pins }) => pins.set(projectUuid, isPinned)),
  };
}
