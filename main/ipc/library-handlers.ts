import type { libraryChannels } from '../../shared/contract/library.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function libraryHandlers(context: HandlerContext): HandlersOf<typeof libraryChannels> {
  const reads = () => context.session.account()?.services.reads;
  return {
    'library.projects': () => reads()?.projects() ?? [],
    'library.avatars': ({ projectUuid }) => reads()?.avatars(projectUuid) ?? [],
    'library.trash': () => reads()?.trash() ?? [],
    'library.activate': (request) => withAccount(context, ({ actions }) => actions.activate(request)),
    'library.edit': ({ versionUuid, ...patch }) =>
      withAccount(context, ({ actions }) => actions.edit(versionUuid, patch)),
    'library.moveToTrash': ({ versionUuid, scope }) =>
      withAccount(context, ({ actions }) => actions.moveToTrash(versionUuid, scope)),
    'library.restore': ({ versionUuids, activateUuid }) =>
      withAccount(context, ({ actions }) => actions.restore(versionUuids, activateUuid)),
    'library.refresh': () => withAccount(context, ({ sync }) => sync.pullNow(true)),
    'library.auditEvents': (page) => withAccount(context, (_, account) => account.auditEvents(page)),
  };
}
