import { avatarThumbnail } from '../../shared/api/avatars.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { MIB } from '../../shared/lib/sizes.ts';
import type { ApiClient } from './api-client.ts';
import type { ApiFailure } from './api-failure.ts';
import { IN_TRASH_TOO } from './in-trash-too.ts';
import { readBytes } from './read-body.ts';

/** A re-encoded thumbnail has at most 1024 px per side, which never takes more bytes than this. */
const MAX_PICTURE_BYTES = 4 * MIB;
const PICTURE_TIMEOUT_MS = 20 * SECOND_MS;

/**
 * Fetches the thumbnail of a version as the server re-encoded it. The caller checks the picture
 * type.
 */
export async function fetchPicture(
  api: ApiClient,
  versionUuid: VersionUuid,
  signal?: AbortSignal,
): Promise<Result<Uint8Array, ApiFailure>> {
  const request = {
    route: avatarThumbnail,
    params: { avatar_uuid: versionUuid },
    options: { searchParams: IN_TRASH_TOO },
    signal,
    timeoutMs: PICTURE_TIMEOUT_MS,
  };
  const result = await api.request(request);
  if (!result.ok) return result;
  try {
    return ok(await readBytes(result.value, MAX_PICTURE_BYTES));
  } catch (error) {
    return fail(api.failureOf(error, signal));
  }
}
