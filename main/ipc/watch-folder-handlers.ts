import type { watchFolderChannels } from '../../shared/contract/watch-folders.ts';
import { ok } from '../../shared/lib/result.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function watchFolderHandlers(context: HandlerContext): HandlersOf<typeof watchFolderChannels> {
  return {
    'watchFolders.list': () => withAccount(context, ({ watchFolders }) => ok(watchFolders.list())),
    'watchFolders.set': (wanted) => withAccount(context, ({ watchFolders }) => watchFolders.set(wanted)),
    'watchFolders.remove': ({ projectUuid }) =>
      withAccount(context, ({ watchFolders }) => watchFolders.remove(projectUuid)),
    'watchFolders.choose': async () => ({ path: await context.chooseFolder() }),
  };
}
