import type { ApiClient, CallInput } from '../../node/api-client/api-client.ts';
import { type ApiFailure, unsendableFailure } from '../../node/api-client/api-failure.ts';
import { customerAvatarRoutes, patchAvatar, restoreAvatar, setActiveAvatar } from '../../shared/api/avatars.ts';
import type { AvatarFields, EditIntent } from '../../shared/domain/intents.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { fail, type Result } from '../../shared/lib/result.ts';
import type { OperationRow } from '../db/schema.ts';

/**
 * Sends one operation. The idempotency key makes a repetition harmless, whether the response was
 * lost or the request was duplicated. The response is not used, because the feed may already have
 * brought a newer state.
 */
export function sendOperation(
  api: ApiClient,
  row: OperationRow,
  signal: AbortSignal,
): Promise<Result<unknown, ApiFailure>> {
  const { intent } = row;
  const common = { headers: { 'idempotency-key': row.requestKey }, signal };
  switch (intent.kind) {
    case 'activate':
      return api.call(setActiveAvatar, {
        ...common,
        params: { project_uuid: row.projectUuid },
        body: {
          avatar_uuid: intent.versionUuid,
          expected_active_uuid: intent.expectedActiveUuid,
          how: intent.how,
          undoes: intent.undoes,
        },
      });
    case 'edit':
      return sendEdit(api, intent, common);
    case 'trash':
      return api.call(customerAvatarRoutes.remove, {
        ...common,
        params: { avatar_uuid: intent.versionUuid },
        query: { scope: intent.scope },
      });
    case 'restore':
      return api.call(restoreAvatar, { ...common, params: { avatar_uuid: intent.versionUuid } });
    default:
      return assertNever(intent);
  }
}

/**
 * An edit that an earlier version of the application let into the outbox may break today's rules
 * for texts. No server accepts it, and old ones fail on it each time.
 */
async function sendEdit(
  api: ApiClient,
  { versionUuid, fields, base }: EditIntent,
  common: Pick<CallInput<typeof patchAvatar>, 'headers' | 'signal'>,
): Promise<Result<unknown, ApiFailure>> {
  const body = { ...fieldsForServer(fields), expected: fieldsForServer(wellFormed(base)) };
  const checked = patchAvatar.body.safeParse(body);
  if (!checked.success) return fail(unsendableFailure(checked.error));
  return api.call(patchAvatar, { ...common, params: { avatar_uuid: versionUuid }, body });
}

/**
 * What the user saw may come from such an edit, too. Then it differs from what the server has, and
 * a person decides.
 */
function wellFormed({ name, tags, description }: AvatarFields): AvatarFields {
  return {
    ...(name !== undefined && { name: name.toWellFormed() }),
    ...(tags && { tags: tags.map((tag) => tag.toWellFormed()) }),
    ...(description !== undefined && { description: description.toWellFormed() }),
  };
}

function fieldsForServer({ name, tags, description }: AvatarFields) {
  return { name, tags: tags && [...tags], description };
}
