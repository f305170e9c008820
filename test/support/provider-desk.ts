import { calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { auditEvents } from '../../server/db/schema/history.ts';
import { type IdentityProvider, REDIRECT_PATH } from './identity-provider.ts';
import { runningProvider, signInAt } from './running-provider.ts';
import { runningServer } from './running-server.ts';
import type { TestServer, TestServerOptions } from './server.ts';

export const REDIRECT = `http://127.0.0.1:49152${REDIRECT_PATH}`;

/** Whom the provider knows, unless a test says otherwise. */
export const NOOR = {
  subject: 'noor-1',
  email: 'Noor@Example.org',
  email_verified: true,
  name: 'Noor',
  groups: ['aurora-designers', 'unrelated'],
};

/** What a desktop keeps while somebody signs in. */
export interface Attempt {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

export const newAttempt = (): Attempt => ({
  verifier: randomPKCECodeVerifier(),
  state: randomState(),
  nonce: randomNonce(),
});

/** A desktop that signs in with an identity provider, step by step, at a server of the test. */
export class ProviderDesk {
  /** A test may replace it. */
  provider: IdentityProvider;
  #server: TestServer | null = null;

  private constructor(provider: IdentityProvider) {
    this.provider = provider;
  }

  static async open(): Promise<ProviderDesk> {
    return new ProviderDesk(await runningProvider());
  }

  get server(): TestServer {
    if (this.#server === null) throw new Error('the test has not started a server');
    return this.#server;
  }

  /** From now on this server is used. */
  use(server: TestServer): TestServer {
    this.#server = server;
    return server;
  }

  /** Starts a server that knows the provider. */
  async newServer(options: TestServerOptions = {}): Promise<TestServer> {
    return this.use(await runningServer({ oidc: this.provider.settings(), ...options }));
  }

  async begin({ verifier, state, nonce }: Attempt, redirect = REDIRECT): Promise<Response> {
    const body = {
      redirect_uri: redirect,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      state,
      nonce,
    };
    return this.server.client().send('POST', '/api/auth/oidc/start', { body });
  }

  /** The address with which the browser returns. */
  async answerTo(attempt: Attempt): Promise<string> {
    const { authorization_url } = await (await this.begin(attempt)).json();
    return signInAt(authorization_url);
  }

  finish({ verifier, state, nonce }: Attempt, callbackUrl: string, more: object = {}, on = this.server) {
    const body = {
      callback_url: callbackUrl,
      code_verifier: verifier,
      state,
      nonce,
      device_name: 'Studio PC',
      ...more,
    };
    return on.client().send('POST', '/api/auth/oidc/sessions', { body });
  }

  /** One whole sign-in of this person. */
  async signIn(person: IdentityProvider['person']): Promise<Response> {
    this.provider.person = person;
    const attempt = newAttempt();
    return this.finish(attempt, await this.answerTo(attempt));
  }

  /** The actions of the audit trail that this person did or suffered, oldest first. */
  async actionsAbout(email: string): Promise<string[]> {
    const events = await this.server.database.db.select().from(auditEvents).orderBy(auditEvents.id);
    return events
      .filter(({ details, actor }) => details.email === email || actor === email)
      .map(({ action }) => action);
  }
}

/** The memberships in the response of a sign-in: `Aurora: designer`. */
export async function membershipsOf(response: Response): Promise<string[]> {
  const { user } = await response.json();
  return user.memberships.map((one: { customer_name: string; role: string }) => `${one.customer_name}: ${one.role}`);
}
