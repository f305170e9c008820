import type { pinChannels } from '../../shared/contract/pins.ts';
import type { HandlerContext } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function pinHandlers({ session }: HandlerContext): HandlersOf<typeof pinChannels> {
  return {
    'library.setPinned': ({ projectUuid, isPinned }) => {
      session.account()?.services.pins.set(projectUuid, isPinned);
      return undefined;
    },
  };
}
