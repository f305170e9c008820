import { type ApiClient, createApiClient } from '../../node/api-client/api-client.ts';
import { TOKEN_PREFIX } from '../../shared/domain/access-token.ts';
import { normalizeServerAddress } from '../../shared/domain/server-address.ts';
import { UsageError } from '../command-output.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Environment, type Login, readLogin } from './login-file.ts';
import { RemoteFailure } from './remote-failure.ts';
import { remoteTexts as texts } from './texts.en.ts';

/** The origin of the address that somebody typed. */
export function serverOf(typed: string): string {
  const address = normalizeServerAddress(typed);
  if (!address.ok) throw new UsageError(texts.badServer(typed));
  return address.value;
}

/** An access token: sessions belong to the application. */
export function tokenOf(text: string): string {
  const token = text.trim();
  if (!token.startsWith(TOKEN_PREFIX)) throw new UsageError(texts.badToken);
  return token;
}

/**
 * The environment comes first, then the login. The token of a login is sent to no other server than
 * the one it was given for.
 */
export async function findLogin(environment: Environment): Promise<Login> {
  const { GABINET_SERVER: typedServer, GABINET_TOKEN: typedToken } = environment;
  const stored = typedServer && typedToken ? null : await readLogin(environment);
  const server = typedServer ? serverOf(typedServer) : stored?.server;
  if (server === undefined) throw notSignedIn(texts.notSignedIn);
  if (typedToken) return { server, token: tokenOf(typedToken) };
  if (!stored) throw notSignedIn(texts.notSignedIn);
  if (stored.server !== server) throw notSignedIn(texts.otherServer(server));
  return { server, token: stored.token };
}

/** A client for one command. Its bugs are thrown, not logged. */
export function clientOf({ server, token }: Login): ApiClient {
  const ignore = () => undefined;
  const log = { info: ignore, warn: ignore, error: ignore };
  return createApiClient({ serverUrl: server, token, log, onUnauthenticated: ignore });
}

const notSignedIn = (message: string) => new RemoteFailure('not_signed_in', exitCodes.access, message);
