import type { apiRoutes } from '../../shared/api/routes.ts';
import { SUMMARY_VERSION } from '../../shared/gab/compare/bundle-summary.ts';
import { ok } from '../../shared/lib/result.ts';
import { setActiveAvatar } from '../services/activation.ts';
import type { ServiceContext } from '../services/context.ts';
import { findSummary } from '../services/summaries.ts';
import { restoreAvatar, trashAvatar } from '../services/trash.ts';
import { getAvatar, listAvatars, patchAvatar } from '../services/versions.ts';
import type { ApiHandlers, InputFor } from './handler.ts';
import { answerOperation, idempotencyKeyOf } from './idempotency-key.ts';

type AvatarHandlers = Pick<
  ApiHandlers,
  | 'listAvatars'
  | 'adminListAvatars'
  | 'getAvatar'
  | 'avatarSummary'
  | 'patchAvatar'
  | 'deleteAvatar'
  | 'adminDeleteAvatar'
  | 'restoreAvatar'
  | 'setActiveAvatar'
>;

export function avatarHandlers(context: ServiceContext): AvatarHandlers {
  const list = ({ caller, params, query }: InputFor<typeof apiRoutes.listAvatars>) =>
    listAvatars(context, caller, { projectUuid: params.project_uuid, query });
  const remove = async ({ caller, params, query, request, reply }: InputFor<typeof apiRoutes.deleteAvatar>) => {
    const asked = { key: idempotencyKeyOf(request), uuid: params.avatar_uuid, scope: query.scope };
    return answerOperation(reply, await trashAvatar(context, caller, asked));
  };
  return {
    listAvatars: list,
    adminListAvatars: list,
    getAvatar: ({ caller, params }) => getAvatar(context, caller, params.avatar_uuid),
    async avatarSummary({ caller, params, reply }) {
      const found = await findSummary(context, caller, params.avatar_uuid);
      if (!found.ok) return found;
      const { sha256, summary } = found.value;
      // The file never changes; how it is summed up may, with a newer program.
      reply.headers({ etag: `"${sha256}-${SUMMARY_VERSION}"`, 'cache-control': 'private, no-cache' });
      return ok({ summary });
    },
    async patchAvatar({ caller, params, body, request, reply }) {
      const asked = { key: idempotencyKeyOf(request), uuid: params.avatar_uuid, patch: body };
      return answerOperation(reply, await patchAvatar(context, caller, asked));
    },
    deleteAvatar: remove,
    adminDeleteAvatar: remove,
    async restoreAvatar({ caller, params, request, reply }) {
      const asked = { key: idempotencyKeyOf(request), uuid: params.avatar_uuid };
      return answerOperation(reply, await restoreAvatar(context, caller, asked));
    },
    async setActiveAvatar({ caller, params, body, request, reply }) {
      const asked = {
        key: idempotencyKeyOf(request),
        projectUuid: params.project_uuid,
        versionUuid: body.avatar_uuid,
        expectedActiveUuid: body.expected_active_uuid,
      };
      return answerOperation(reply, await setActiveAvatar(context, caller, asked));
    },
  };
}
