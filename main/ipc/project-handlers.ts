import type { projectChannels } from '../../shared/contract/projects.ts';
import { ok } from '../../shared/lib/result.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function projectHandlers(context: HandlerContext): HandlersOf<typeof projectChannels> {
  return {
    'projects.customers': () => withAccount(context, ({ reads }) => ok(reads.customers())),
    'projects.trashed': () => withAccount(context, ({ reads }) => ok(reads.trashedProjects())),
    'projects.storage': ({ projectUuid }) => withAccount(context, ({ projects }) => projects.storage(projectUuid)),
    'projects.create': (project) => withAccount(context, ({ projects }) => projects.create(project)),
    'projects.rename': (project) => withAccount(context, ({ projects }) => projects.rename(project)),
    'projects.moveToTrash': ({ projectUuid }) =>
      withAccount(context, ({ projects }) => projects.moveToTrash(projectUuid)),
    'projects.restore': ({ projectUuid }) => withAccount(context, ({ projects }) => projects.restore(projectUuid)),
  };
}
