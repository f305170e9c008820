import { getMe } from '../../shared/api/auth.ts';
import { UsageError } from '../command-output.ts';
import { clientOf, serverOf, tokenOf } from './connect.ts';
import { readLogin, removeLogin, writeLogin } from './login-file.ts';
import { print, type RemoteContext } from './remote-command.ts';
import { must } from './remote-failure.ts';
import { remoteTexts as texts } from './texts.en.ts';

export interface LoginOptions {
  readonly server?: string;
  readonly token?: string;
}

/** Checks the access token with its server, and keeps both for later commands. */
export async function login(context: RemoteContext, { server, token }: LoginOptions): Promise<undefined> {
  const { GABINET_SERVER: usualServer, GABINET_TOKEN: usualToken } = context.environment;
  const typedServer = server ?? usualServer;
  const typedToken = token ?? usualToken;
  if (!typedServer) throw new UsageError(texts.noServer);
  if (!typedToken) throw new UsageError(texts.noToken);
  const wanted = { server: serverOf(typedServer), token: tokenOf(typedToken) };
  const api = clientOf(wanted);
  try {
    const { email, name } = must(await api.call(getMe, {}));
    await writeLogin(context.environment, wanted);
    print(context, { server: wanted.server, email, name }, texts.loggedIn(email, wanted.server));
  } finally {
    api.close();
  }
}

/** Forgets the login of this computer. The token itself is revoked in the application. */
export async function logout(context: RemoteContext): Promise<undefined> {
  const wasLoggedIn = (await readLogin(context.environment)) !== null;
  await removeLogin(context.environment);
  print(context, { loggedOut: wasLoggedIn }, wasLoggedIn ? texts.loggedOut : texts.wasLoggedOut);
}
