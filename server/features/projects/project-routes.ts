import { ok } from '../../../shared/lib/result.ts';
import type { ServiceContext } from '../../context.ts';
import type { ApiHandlers } from '../../http/handler.ts';
import { createProject, deleteProject, getProject, listProjects, renameProject } from './projects.ts';

type ProjectHandlers = Pick<
  ApiHandlers,
  | 'listProjects'
  | 'getProject'
  | 'adminListProjects'
  | 'adminGetProject'
  | 'adminCreateProject'
  | 'adminRenameProject'
  | 'adminDeleteProject'
>;

export function projectHandlers(context: ServiceContext): ProjectHandlers {
  return {
    listProjects: async ({ caller, query }) => ok(await listProjects(context, caller, query)),
    getProject: ({ caller, params }) => getProject(context, caller, params.project_uuid),
    adminListProjects: async ({ caller, query }) => ok(await listProjects(context, caller, query)),
    adminGetProject: ({ caller, params }) => getProject(context, caller, params.project_uuid),
    adminCreateProject: ({ caller, body }) => createProject(context, caller, body),
    adminRenameProject: ({ caller, params, body }) =>
      renameProject(context, caller, { uuid: params.project_uuid, name: body.name }),
    adminDeleteProject: ({ caller, params }) => deleteProject(context, caller, params.project_uuid),
  };
}
