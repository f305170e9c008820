import type { libraryChannels } from '../../shared/contract/library.ts';
import { ok } from '../../shared/lib/result.ts';
import { DONE, type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function libraryHandlers(context: HandlerContext): HandlersOf<typeof libraryChannels> {
  return {
    'library.projects': () => withAccount(context, ({ reads }) => ok(reads.projects())),
    'library.avatars': ({ projectUuid }) => withAccount(context, ({ reads }) => ok(reads.avatars(projectUuid))),
    'library.avatarEntries': () => withAccount(context, ({ reads }) => ok(reads.avatarEntries())),
    'library.trash': () => withAccount(context, ({ reads }) => ok(reads.trash())),
    'library.activate': (request) => withAccount(context, ({ actions }) => actions.activate(request)),
    'library.edit': ({ versionUuid, ...patch }) =>
      withAccount(context, ({ actions }) => actions.edit(versionUuid, patch)),
    'library.moveToTrash': ({ versionUuid, scope }) =>
      withAccount(context, ({ actions }) => actions.moveToTrash(versionUuid, scope)),
    'library.restore': ({ versionUuids, activateUuid }) =>
      withAccount(context, ({ actions }) => actions.restore(versionUuids, activateUuid)),
    'library.dismissRechecks': ({ projectUuid, until }) =>
      withAccount(context, ({ rechecks }) => rechecks.dismiss(projectUuid, until)),
    'library.refresh': () => withAccount(context, ({ sync }) => sync.pullNow(true)),
    'library.reconnect': () =>
      withAccount(context, async ({ sync }) => {
        await sync.reconnect();
        return DONE;
      }),
    'library.auditEvents': (page) => withAccount(context, (_, account) => account.auditEvents(page)),
  };
}
