import type { settingsChannels } from '../../shared/contract/settings.ts';
import type { HandlerContext } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function settingsHandlers({ machine }: HandlerContext): HandlersOf<typeof settingsChannels> {
  return {
    'settings.get': () => machine.get(),
    'settings.set': (settings) => machine.set(settings),
  };
}
