import type { watchFolderChannels } from '../../shared/contract/watch-folders.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function watchFolderHandlers(context: HandlerContext): HandlersOf<typeof watchFolderChannels> {
  const account = () => context.session.account();
  return {
    'watchFolders.list': () => account()?.watchFolders.list() ?? [],
    'watchFolders.set': (wanted) => withAccount(context, ({ watchFolders }) => watchFolders.set(wanted)),
    'watchFolders.remove': async ({ projectUuid }) => {
      await account()?.watchFolders.remove(projectUuid);
      return undefined;
    },
    'watchFolders.choose': async () => ({ path: await context.chooseFolder() }),
  };
}
