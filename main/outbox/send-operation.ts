import { customerAvatarRoutes, patchAvatar, restoreAvatar, setActiveAvatar } from '../../shared/api/avatars.ts';
import type { AvatarFields } from '../../shared/domain/intents.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Result } from '../../shared/lib/result.ts';
import type { ApiClient } from '../api/api-client.ts';
import type { OperationRow } from '../db/schema.ts';
import type { ApiFailure } from '../failures/api-failure.ts';

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
        body: { avatar_uuid: intent.versionUuid, expected_active_uuid: intent.expectedActiveUuid },
      });
    case 'edit':
      return api.call(patchAvatar, {
        ...common,
        params: { avatar_uuid: intent.versionUuid },
        body: { ...fieldsForServer(intent.fields), expected: fieldsForServer(intent.base) },
      });
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

function fieldsForServer({ name, tags, description }: AvatarFields) {
  return { name, tags: tags && [...tags], description };
}
