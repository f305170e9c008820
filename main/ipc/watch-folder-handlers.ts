import type { watchFolderChannels } from '../../shared/contract/watch-folders.ts';
import { fail, ok } from '../../shared/lib/result.ts';
import { createChosenFolders } from './chosen-folders.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function watchFolderHandlers(context: HandlerContext): HandlersOf<typeof watchFolderChannels> {
  const chosen = createChosenFolders();
  return {
    'watchFolders.list': () => withAccount(context, ({ watchFolders }) => ok(watchFolders.list())),
    'watchFolders.set': ({ projectUuid, mode, handle }) =>
      withAccount(context, ({ watchFolders }) => {
        const path = handle === null ? watchFolders.pathOf(projectUuid) : chosen.pathOf(handle);
        return path === null ? fail({ code: 'folder_not_chosen' }) : watchFolders.set({ projectUuid, path, mode });
      }),
    'watchFolders.remove': ({ projectUuid }) =>
      withAccount(context, ({ watchFolders }) => watchFolders.remove(projectUuid)),
    'watchFolders.choose': async () => {
      const path = await context.chooseFolder();
      return { folder: path === null ? null : chosen.add(path) };
    },
    'watchFolders.type': ({ path }) =>
      withAccount(context, async () => {
        const question = await context.confirmFolder(path);
        if (question === null) return fail({ code: 'folder_not_chosen' });
        return ok({ ...chosen.add(path, question.isConfirmed), confirmUrl: question.url });
      }),
    'watchFolders.isConfirmed': ({ handle }) => withAccount(context, async () => ok(await chosen.isConfirmed(handle))),
  };
}
