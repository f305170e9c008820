import type { watchFolderChannels } from '../../shared/contract/watch-folders.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function watchFolderHandlers(context: HandlerContext): HandlersOf<typeof watchFolderChannels> {
  const services = () => context.session.account()?.services;
  return {
    'watchFolders.list': () => services()?.watchFolders.list() ?? [],
    'watchFolders.set': (wanted) => withAccount(context, ({ watchFolders }) => watchFolders.set(wanted)),
    'watchFolders.remove': async ({ projectUuid }) => {
      await services()?.watchFolders.remove(projectUuid);
      return undefined;
    },
    'watchFolders.choose': async () => ({ path: await context.chooseFolder() }),
  };
}
