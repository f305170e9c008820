import { type ApiClient, createApiClient } from '../../node/api-client/api-client.ts';
import { toFailure } from '../../node/api-client/api-failure.ts';
import type { Network } from '../../node/api-client/network/network.ts';
import type { Log } from '../../node/log.ts';
import { getServerInfo, type ServerInfo } from '../../shared/api/server-info.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { ServerProbe } from '../../shared/contract/session.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { serverOriginFrom } from '../failures/address-failure.ts';

/** The sign-in form waits for this request, so it times out sooner than others. */
const PROBE_TIMEOUT_MS = 6 * SECOND_MS;

/** What a request needs besides its address. */
export interface ConnectionParts {
  readonly log: Log;
  readonly network?: Network | undefined;
}

/** Checks, before sign-in, whether a Gabinet server is at an address. */
export async function probeServer(typedAddress: string, parts: ConnectionParts): Promise<Result<ServerProbe, Failure>> {
  const origin = serverOriginFrom(typedAddress);
  if (!origin.ok) return origin;
  const info = await fetchServerInfo(anonymousClient(origin.value, parts));
  if (!info.ok) return info;
  const { version, is_set_up: isSetUp, sign_in: signIn, demo } = info.value;
  return ok({
    serverUrl: origin.value,
    version,
    isSetUp,
    signIn,
    demo: demo && {
      password: demo.password,
      accounts: demo.accounts.map(({ email, name, role, customer_name }) => ({
        email,
        name,
        role,
        customerName: customer_name,
      })),
    },
  });
}

/** Creates a client without a sign-in. */
export function anonymousClient(serverUrl: string, { log, network }: ConnectionParts): ApiClient {
  return createApiClient({ serverUrl, token: null, log, network, onUnauthenticated: () => undefined });
}

export async function fetchServerInfo(api: ApiClient): Promise<Result<ServerInfo, Failure>> {
  const result = await api.call(getServerInfo, { timeoutMs: PROBE_TIMEOUT_MS });
  return result.ok ? result : fail(toFailure(result.failure));
}
