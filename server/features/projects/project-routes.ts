import type { apiRoutes } from '../../../shared/api/routes.ts';
import { ok } from '../../../shared/lib/result.ts';
import type { ServiceContext } from '../../context.ts';
import type { ApiHandlers, InputFor } from '../../http/handler.ts';
import {
  createProject,
  deleteProject,
  getProject,
  listProjects,
  renameProject,
  restoreProject,
  trashProject,
} from './projects.ts';

type ProjectHandlers = Pick<
  ApiHandlers,
  | 'listProjects'
  | 'getProject'
  | 'createProject'
  | 'renameProject'
  | 'trashProject'
  | 'restoreProject'
  | 'adminListProjects'
  | 'adminGetProject'
  | 'adminCreateProject'
  | 'adminRenameProject'
  | 'adminDeleteProject'
>;

export function projectHandlers(context: ServiceContext): ProjectHandlers {
  const list = async ({ caller, query }: InputFor<typeof apiRoutes.listProjects>) =>
    ok(await listProjects(context, caller, query));
  const get = ({ caller, params }: InputFor<typeof apiRoutes.getProject>) =>
    getProject(context, caller, params.project_uuid);
  const create = ({ caller, body }: InputFor<typeof apiRoutes.createProject>) => createProject(context, caller, body);
  const rename = ({ caller, params, body }: InputFor<typeof apiRoutes.renameProject>) =>
    renameProject(context, caller, { uuid: params.project_uuid, name: body.name });
  return {
    listProjects: list,
    getProject: get,
    createProject: create,
    renameProject: rename,
    trashProject: ({ caller, params }) => trashProject(context, caller, params.project_uuid),
    restoreProject: ({ caller, params }) => restoreProject(context, caller, params.project_uuid),
    adminListProjects: list,
    adminGetProject: get,
    adminCreateProject: create,
    adminRenameProject: rename,
    adminDeleteProject: ({ caller, params }) => deleteProject(context, caller, params.project_uuid),
  };
}
