import type { FailureOf } from '../../shared/contract/failure.ts';
import { normalizeServerAddress } from '../../shared/domain/server-address.ts';
import { fail, type Result } from '../../shared/lib/result.ts';

/** The origin of the server address that a person typed, or why it can't be used. */
export function serverOriginFrom(typed: string): Result<string, FailureOf<'bad_server_address'>> {
  const address = normalizeServerAddress(typed);
  return address.ok ? address : fail({ code: 'bad_server_address', problem: address.failure });
}
