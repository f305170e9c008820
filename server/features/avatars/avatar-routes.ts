import type { apiRoutes } from '../../../shared/api/routes.ts';
import { SUMMARY_VERSION } from '../../../shared/gab/compare/bundle-summary.ts';
import { ok } from '../../../shared/lib/result.ts';
import type { ServiceContext } from '../../context.ts';
import type { ApiHandlers, InputFor } from '../../http/handler.ts';
import { idempotencyKeyOf, respondToOperation } from '../../http/idempotency-key.ts';
import { setActiveVersion } from './activation.ts';
import { readActivations } from './read-activations.ts';
import { findSummary } from './summaries.ts';
import { restoreVersion, trashVersions } from './trash.ts';
import { editVersion, getVersion, listVersions } from './versions.ts';

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
  | 'listActivations'
>;

export function avatarHandlers(context: ServiceContext): AvatarHandlers {
  const list = ({ caller, params, query }: InputFor<typeof apiRoutes.listAvatars>) =>
    listVersions(context, caller, { projectUuid: params.project_uuid, query });
  const remove = async ({ caller, params, query, request, reply }: InputFor<typeof apiRoutes.deleteAvatar>) => {
    const operation = { key: idempotencyKeyOf(request), uuid: params.avatar_uuid, scope: query.scope };
    return respondToOperation(reply, await trashVersions(context, caller, operation));
  };
  return {
    listAvatars: list,
    adminListAvatars: list,
    getAvatar: ({ caller, params }) => getVersion(context, caller, params.avatar_uuid),
    async avatarSummary({ caller, params, query, reply }) {
      const found = await findSummary(context, caller, { uuid: params.avatar_uuid, trashed: query.trashed });
      if (!found.ok) return found;
      const { sha256, summary } = found.value;
      // The file never changes, but a newer program may summarize it differently.
      reply.headers({ etag: `"${sha256}-${SUMMARY_VERSION}"`, 'cache-control': 'private, no-cache' });
      return ok({ summary });
    },
    async patchAvatar({ caller, params, body, request, reply }) {
      const operation = { key: idempotencyKeyOf(request), uuid: params.avatar_uuid, patch: body };
      return respondToOperation(reply, await editVersion(context, caller, operation));
    },
    deleteAvatar: remove,
    adminDeleteAvatar: remove,
    async restoreAvatar({ caller, params, request, reply }) {
      const operation = { key: idempotencyKeyOf(request), uuid: params.avatar_uuid };
      return respondToOperation(reply, await restoreVersion(context, caller, operation));
    },
    async setActiveAvatar({ caller, params, body, request, reply }) {
      const operation = {
        key: idempotencyKeyOf(request),
        projectUuid: params.project_uuid,
        versionUuid: body.avatar_uuid,
        expectedActiveUuid: body.expected_active_uuid,
        how: body.how,
        undoes: body.undoes,
      };
      return respondToOperation(reply, await setActiveVersion(context, caller, operation));
    },
    listActivations: ({ caller, params, query }) =>
      readActivations(context, caller, { projectUuid: params.project_uuid, query }),
  };
}
