import type { apiRoutes } from '../../shared/api/routes.ts';
import { setActiveAvatar } from '../services/activation.ts';
import { getAvatar, listAvatars, patchAvatar } from '../services/avatars.ts';
import type { ServiceContext } from '../services/context.ts';
import { restoreAvatar, trashAvatar } from '../services/trash.ts';
import type { ApiHandlers, InputFor } from './handler.ts';

type AvatarHandlers = Pick<
  ApiHandlers,
  | 'listAvatars'
  | 'adminListAvatars'
  | 'getAvatar'
  | 'patchAvatar'
  | 'deleteAvatar'
  | 'adminDeleteAvatar'
  | 'restoreAvatar'
  | 'setActiveAvatar'
>;

export function avatarHandlers(context: ServiceContext): AvatarHandlers {
  const list = ({ caller, params, query }: InputFor<typeof apiRoutes.listAvatars>) =>
    listAvatars(context, caller, { projectUuid: params.project_uuid, query });
  const remove = ({ caller, params, query }: InputFor<typeof apiRoutes.deleteAvatar>) =>
    trashAvatar(context, caller, { uuid: params.avatar_uuid, scope: query.scope });
  return {
    listAvatars: list,
    adminListAvatars: list,
    getAvatar: ({ caller, params }) => getAvatar(context, caller, params.avatar_uuid),
    patchAvatar: ({ caller, params, body }) => patchAvatar(context, caller, { uuid: params.avatar_uuid, patch: body }),
    deleteAvatar: remove,
    adminDeleteAvatar: remove,
    restoreAvatar: ({ caller, params }) => restoreAvatar(context, caller, params.avatar_uuid),
    setActiveAvatar: ({ caller, params, body }) =>
      setActiveAvatar(context, caller, {
        projectUuid: params.project_uuid,
        avatarUuid: body.avatar_uuid,
        expectedActiveUuid: body.expected_active_uuid,
      }),
  };
}
